#compdef carillon
# Completion of the words of carillon, and of the names that its server knows.
_carillon() {
    local reply line files match current=
    local -a before candidates shown
    before=("${(@Q)words[2,CURRENT-1]}")
    [[ $PREFIX == -* ]] && current=${(Q)PREFIX} # zsh itself chooses among names
    reply=$(${(Q)words[1]} __complete words "${before[@]}" "$current" 2>/dev/null)
    files=$?
    for line in "${(@f)reply}"; do
        [[ -n $line ]] || continue
        candidates+=("${line%%$'\t'*}")
        shown+=("${line%%$'\t'*}${${line#*$'\t'}:+  -- ${line#*$'\t'}}")
    done
    # by their beginning, else in any case, else by a part
    for match in '' 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' \
            'm:{[:lower:][:upper:]}={[:upper:][:lower:]} l:|=* r:|=*'; do
        (( $#candidates )) && compadd -l -d shown -M "$match" -- "${candidates[@]}" && break
    done
    case $files in
        10) _files ;;
        11) _files -/ ;;
    esac
}
if [[ $funcstack[1] == _carillon ]]; then
    _carillon "$@"
else
    compdef _carillon carillon
fi
