# Completion of the words of carillon, and of the names that its server knows.
function __carillon_complete
    set -l before (commandline -opc)
    set -l program $before[1]
    set -e before[1]
    set -l current (commandline -ct)
    string match -q -- '-*' $current; or set current '' # fish itself chooses among names
    $program __complete words $before "$current" 2>/dev/null
    switch $status
        case 10
            __fish_complete_path (commandline -ct)
        case 11
            __fish_complete_directories (commandline -ct)
    end
end
complete -c carillon -f -a '(__carillon_complete)'
