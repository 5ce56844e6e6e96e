
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'unstuck' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'unstuck'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'unstuck' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Reload the --kb folders whenever a file changes (for article authors)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Search for an error message')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all articles')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print an article')
            [CompletionResult]::new('ask', 'ask', [CompletionResultType]::ParameterValue, 'Go through an article''s questions in plain text')
            [CompletionResult]::new('situations', 'situations', [CompletionResultType]::ParameterValue, 'List what people say happened, and the article for each')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check a knowledge base for mistakes')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run a knowledge base''s tests (scenarios)')
            [CompletionResult]::new('cases', 'cases', [CompletionResultType]::ParameterValue, 'List and manage saved cases')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'Show where people get stuck and which article to improve next')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Create an article by answering prompts')
            [CompletionResult]::new('learn', 'learn', [CompletionResultType]::ParameterValue, 'Try out new keywords, and print those that change no other result')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show which outcomes differ between two versions')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema for articles, collections or scenarios')
            [CompletionResult]::new('graph', 'graph', [CompletionResultType]::ParameterValue, 'Print an article''s flow as a diagram')
            break
        }
        'unstuck;search' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Print at most this many articles')
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Show how each score came about: the features, their coefficients and their contributions')
            [CompletionResult]::new('--lines', '--lines', [CompletionResultType]::ParameterName, 'Read one query per line from standard input and print one JSON object per line; `\n` in a query is a line break')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;list' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;show' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;ask' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Answers in order: yes, no, unsure, solved, not-solved, or the number of a choice')
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print the current question, solution or contact as JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;situations' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;check' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Explain an error or warning code, such as E013')
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;test' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--mutate', '--mutate', [CompletionResultType]::ParameterName, 'Mutation testing: make small changes to each flow and list those that no test catches')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Also list the tests that pass')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Also list the tests that pass')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;cases' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a case summary in Markdown')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Resume a case')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a case')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Delete all cases older than a given age')
            [CompletionResult]::new('keep', 'keep', [CompletionResultType]::ParameterValue, 'Turn saving of cases on or off')
            break
        }
        'unstuck;cases;show' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;cases;resume' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;cases;delete' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;cases;forget' {
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'Time since the last change, such as 12h, 30d, 8w or 1y')
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;cases;keep' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;stats' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;new' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;learn' {
            [CompletionResult]::new('--replay', '--replay', [CompletionResultType]::ParameterName, 'A file with more queries, one per line, whose results must not change')
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;diff' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;schema' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;graph' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Diagram format')
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Reader of the texts: the locked-out user or a helpdesk agent')
            [CompletionResult]::new('--fact', '--fact', [CompletionResultType]::ParameterName, 'A fact that is the same for every case in this session, such as sso=no; can be repeated')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'Color theme (env: `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use only the --kb folders, not the built-in knowledge base')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Don''t save cases in this session')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Plain text mode: no full screen, colors or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
