# Completion of the words of carillon, and of the names that its server knows, for bash 4.4 and later.
_carillon() {
    local reply status
    COMPREPLY=()
    reply=$("$1" __complete bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
    status=$?
    [ -z "$reply" ] || mapfile -t COMPREPLY <<<"$reply"
    case $status in
        10) compopt -o bashdefault -o default 2>/dev/null ;;
        11) compopt -o dirnames 2>/dev/null ;;
    esac
}
complete -F _carillon carillon
