
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
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Show each change of the given knowledge bases at once, for those who write articles')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Rank the articles for a message')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all articles')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one article to read')
            [CompletionResult]::new('ask', 'ask', [CompletionResultType]::ParameterValue, 'Walk one article''s flow, line by line')
            [CompletionResult]::new('which', 'which', [CompletionResultType]::ParameterValue, 'Tell articles apart by clues')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Hold a knowledge base to its rules')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run the scenarios of a knowledge base')
            [CompletionResult]::new('cases', 'cases', [CompletionResultType]::ParameterValue, 'The cases that are kept')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'What past cases say: where people get stuck, and which article to mend next')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Begin an article from what is known')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Say which paths a change moves')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'The JSON Schema of an article or a collection, for editors')
            [CompletionResult]::new('graph', 'graph', [CompletionResultType]::ParameterValue, 'Draw an article''s flow')
            break
        }
        'unstuck;search' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Print at most this many articles')
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('--lines', '--lines', [CompletionResultType]::ParameterName, 'One query a line of standard input, one JSON object a line out; `\n` in a line is a line break')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;list' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;show' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;ask' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Answers to give: yes, no, unsure, solved, not-solved, or the number of a choice')
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print where the walk stands as JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;which' {
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Answers to clues: CLUE=yes, CLUE=no or CLUE=unsure')
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print candidates, the next clue and the settled article as JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;check' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the findings')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Say what a code means and how to mend it, such as E013')
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;test' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--mutate', '--mutate', [CompletionResultType]::ParameterName, 'Change each flow in many small ways, and list the changes that no scenario notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'List the scenarios that pass as well')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'List the scenarios that pass as well')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;cases' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One case as a ticket in Markdown')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Go on with a case')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a case')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Delete all cases that nothing was written to for some time')
            [CompletionResult]::new('keep', 'keep', [CompletionResultType]::ParameterValue, 'Keep cases from now on, or keep none')
            break
        }
        'unstuck;cases;show' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;cases;resume' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;cases;delete' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;cases;forget' {
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'For how long: 12h, 30d, 8w, 1y')
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;cases;keep' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;stats' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;new' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;diff' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;schema' {
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'unstuck;graph' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'As lines, or in the language of Mermaid or of Graphviz')
            [CompletionResult]::new('--kb', '--kb', [CompletionResultType]::ParameterName, 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who is at the keyboard: the person who is locked out, or somebody who helps them')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'How the full screen looks (or `UNSTUCK_THEME`)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Use the given knowledge bases instead of the shipped one')
            [CompletionResult]::new('--no-history', '--no-history', [CompletionResultType]::ParameterName, 'Keep no cases this time')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Line by line, without colors, boxes or cursor movement')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
