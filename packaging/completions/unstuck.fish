# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_unstuck_global_optspecs
    string join \n kb= only as= fact= no-history theme= plain color= watch h/help V/version
end

function __fish_unstuck_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_unstuck_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_unstuck_using_subcommand
    set -l cmd (__fish_unstuck_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c unstuck -n "__fish_unstuck_needs_command" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_needs_command" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_needs_command" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_needs_command" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_needs_command" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_needs_command" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_needs_command" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_needs_command" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_needs_command" -l watch -d 'Reload the --kb folders whenever a file changes (for article authors)'
complete -c unstuck -n "__fish_unstuck_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_needs_command" -s V -l version -d 'Print version'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "search" -d 'Search for an error message'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "list" -d 'List all articles'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "show" -d 'Print an article'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "ask" -d 'Go through an article\'s questions in plain text'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "situations" -d 'List what people say happened, and the article for each'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "check" -d 'Check a knowledge base for mistakes'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "test" -d 'Run a knowledge base\'s tests (scenarios)'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "cases" -d 'List and manage saved cases'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "stats" -d 'Show where people get stuck and which article to improve next'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "new" -d 'Create an article by answering prompts'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "learn" -d 'Try out new keywords, and print those that change no other result'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "diff" -d 'Show which outcomes differ between two versions'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "schema" -d 'Print the JSON Schema for articles, collections or scenarios'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "graph" -d 'Print an article\'s flow as a diagram'
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l limit -d 'Print at most this many articles' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l json -d 'Print one JSON object'
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l explain -d 'Show how each score came about: the features, their coefficients and their contributions'
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l lines -d 'Read one query per line from standard input and print one JSON object per line; `\\n` in a query is a line break'
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l json -d 'Print JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l json -d 'Print JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l answers -d 'Answers in order: yes, no, unsure, solved, not-solved, or the number of a choice' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l json -d 'Print the current question, solution or contact as JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand situations" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand situations" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand situations" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand situations" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand situations" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand situations" -l json -d 'Print JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand situations" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand situations" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand situations" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand situations" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l format -d 'Output format' -r -f -a "text\t'Readable text with the lines concerned'
json\t'JSON array'
github\t'GitHub workflow annotations'"
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l explain -d 'Explain an error or warning code, such as E013' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l mutate -d 'Mutation testing: make small changes to each flow and list those that no test catches'
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -s v -l verbose -d 'Also list the tests that pass'
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l json -d 'Print JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -f -a "show" -d 'Print a case summary in Markdown'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -f -a "resume" -d 'Resume a case'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -f -a "delete" -d 'Delete a case'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -f -a "forget" -d 'Delete all cases older than a given age'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -f -a "keep" -d 'Turn saving of cases on or off'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l json -d 'Print JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l older-than -d 'Time since the last change, such as 12h, 30d, 8w or 1y' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l json -d 'Print JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand learn" -l replay -d 'A file with more queries, one per line, whose results must not change' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand learn" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand learn" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand learn" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand learn" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand learn" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand learn" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand learn" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand learn" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand learn" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l json -d 'Print JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l format -d 'Diagram format' -r -f -a "text\t'Indented text'
mermaid\t'Mermaid, for Markdown'
dot\t'Graphviz DOT'"
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l kb -d 'Knowledge base folder to add to the built-in one; can be repeated (env: `UNSTUCK_KB`)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l as -d 'Reader of the texts: the locked-out user or a helpdesk agent' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l fact -d 'A fact that is the same for every case in this session, such as sso=no; can be repeated' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l theme -d 'Color theme (env: `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l only -d 'Use only the --kb folders, not the built-in knowledge base'
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l no-history -d 'Don\'t save cases in this session'
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l plain -d 'Plain text mode: no full screen, colors or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -s h -l help -d 'Print help (see more with \'--help\')'
