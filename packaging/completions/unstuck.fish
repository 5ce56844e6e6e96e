# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_unstuck_global_optspecs
    string join \n kb= only as= no-history theme= plain color= watch h/help V/version
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

complete -c unstuck -n "__fish_unstuck_needs_command" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_needs_command" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_needs_command" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_needs_command" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_needs_command" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_needs_command" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_needs_command" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_needs_command" -l watch -d 'Show each change of the given knowledge bases at once, for those who write articles'
complete -c unstuck -n "__fish_unstuck_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_needs_command" -s V -l version -d 'Print version'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "search" -d 'Rank the articles for a message'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "list" -d 'List all articles'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "show" -d 'Show one article to read'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "ask" -d 'Walk one article\'s flow, line by line'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "which" -d 'Tell articles apart by clues'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "check" -d 'Hold a knowledge base to its rules'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "test" -d 'Run the scenarios of a knowledge base'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "cases" -d 'The cases that are kept'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "stats" -d 'What past cases say: where people get stuck, and which article to mend next'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "new" -d 'Begin an article from what is known'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "diff" -d 'Say which paths a change moves'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "schema" -d 'The JSON Schema of an article or a collection, for editors'
complete -c unstuck -n "__fish_unstuck_needs_command" -a "graph" -d 'Draw an article\'s flow'
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l limit -d 'Print at most this many articles' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l json -d 'Print one JSON object'
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l lines -d 'One query a line of standard input, one JSON object a line out; `\\n` in a line is a line break'
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l json -d 'Print JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l json -d 'Print JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l answers -d 'Answers to give: yes, no, unsure, solved, not-solved, or the number of a choice' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l json -d 'Print where the walk stands as JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand ask" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand which" -l answers -d 'Answers to clues: CLUE=yes, CLUE=no or CLUE=unsure' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand which" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand which" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand which" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand which" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand which" -l json -d 'Print candidates, the next clue and the settled article as JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand which" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand which" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand which" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand which" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l format -d 'How to print the findings' -r -f -a "text\t'To read, with the line and the place in it'
json\t'An array of objects'
github\t'Annotations of a GitHub workflow'"
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l explain -d 'Say what a code means and how to mend it, such as E013' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l mutate -d 'Change each flow in many small ways, and list the changes that no scenario notices'
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -s v -l verbose -d 'List the scenarios that pass as well'
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l json -d 'Print JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -f -a "show" -d 'One case as a ticket in Markdown'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -f -a "resume" -d 'Go on with a case'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -f -a "delete" -d 'Delete a case'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -f -a "forget" -d 'Delete all cases that nothing was written to for some time'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and not __fish_seen_subcommand_from show resume delete forget keep" -f -a "keep" -d 'Keep cases from now on, or keep none'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l json -d 'Print JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l older-than -d 'For how long: 12h, 30d, 8w, 1y' -r
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from forget" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand cases; and __fish_seen_subcommand_from keep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l json -d 'Print JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l json -d 'Print JSON'
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l format -d 'As lines, or in the language of Mermaid or of Graphviz' -r -f -a "text\t'Lines for a terminal'
mermaid\t'Mermaid, for Markdown'
dot\t'Graphviz'"
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l kb -d 'A knowledge base beside the shipped one (repeatable; or `UNSTUCK_KB`, a list like PATH)' -r -F
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l as -d 'Who is at the keyboard: the person who is locked out, or somebody who helps them' -r -f -a "user\t''
helpdesk\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l theme -d 'How the full screen looks (or `UNSTUCK_THEME`)' -r -f -a "terminal\t''
light\t''
dark\t''
high-contrast\t''
monochrome\t''"
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l only -d 'Use the given knowledge bases instead of the shipped one'
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l no-history -d 'Keep no cases this time'
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -l plain -d 'Line by line, without colors, boxes or cursor movement'
complete -c unstuck -n "__fish_unstuck_using_subcommand graph" -s h -l help -d 'Print help (see more with \'--help\')'
