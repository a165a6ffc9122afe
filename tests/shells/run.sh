#!/usr/bin/env bash
# Completes commands, options and their values in real shells, from what `why401 completions` prints, and reads the manual pages.
# Uses those that are installed; on Debian: apt-get install bash-completion zsh fish elvish man-db.
# Usage: tests/shells/run.sh [WHY401]
set -eu
cd "$(dirname "$0")/../.."
root=$PWD
program=$(realpath "${1:-target/debug/why401}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$program" "$work/bin/why401"
export PATH="$work/bin:$PATH"
"$root/packaging/assets.sh" "$program" "$work"
cd "$work"

has() {
    command -v "$1" >/dev/null && return
    printf '\n== %s: not installed\n' "$1"
    return 1
}

# What a shell offers must have these words, each a line of its own.
offers() {
    local said=$1
    shift
    for word in "$@"; do
        if ! grep -qxF -e "$word" <<<"$said"; then
            printf 'it does not offer %s, but:\n%s\n' "$word" "$said" >&2
            exit 1
        fi
    done
    printf 'offers: %s\n' "$*"
}

printf '== bash %s\n' "$BASH_VERSION"
bash --norc -c '
    source completions/why401.bash
    complete() {
        COMP_WORDS=(why401 "$@") COMP_CWORD=$# COMPREPLY=()
        local before=${COMP_WORDS[COMP_CWORD - 1]}
        _why401 why401 "${COMP_WORDS[COMP_CWORD]}" "$before"
        printf "%s\n" "${COMPREPLY[@]}"
    }
    complete re; echo --; complete redact --ch; echo --; complete redact --also ho; echo --; complete completions ""
' >bash.txt
offers "$(cat bash.txt)" redact reply --check host elvish

if has zsh; then
    printf '\n== %s\n' "$(zsh --version)"
    cp completions/why401.zsh _why401
    touch notes.txt
    offers "$(python3 "$root/tests/shells/zsh.py" redac "redact --chec" "redact --also hos" "completions el" "rules lis" --summ \
        "--format sar" note "notes.txt --ful" "check notes.tx")" \
        redact "redact --check" "redact --also host" "completions elvish" "rules list" --summary \
        "--format sarif" notes.txt "notes.txt --full" "check notes.txt"
fi

if has fish; then
    printf '\n== %s\n' "$(fish --version)"
    said=$(HOME=$work fish --no-config -c '
        source completions/why401.fish
        for line in "why401 re" "why401 redact --ch" "why401 redact --also ho" "why401 completions e"
            complete --do-complete=$line | string replace --regex "\t.*" ""
        end
        true')
    offers "$said" redact reply --check host elvish
fi

if has elvish; then
    printf '\n== elvish %s\n' "$(elvish --version)"
    # `edit:`, which completes, is there at a terminal only: `script` is one.
    cat >rc.elv <<'ELVISH'
eval (slurp < completions/why401.elvish)
for words [[why401 re] [why401 redact --ch] [why401 rules li]] {
    $edit:completion:arg-completer[why401] $@words | each {|c| echo $c[stem] }
} > elvish.txt
exit
ELVISH
    HOME=$work timeout 60 script --quiet --command "elvish -rc rc.elv" /dev/null </dev/null >/dev/null 2>&1 || true
    offers "$(cat elvish.txt)" redact reply --check list
fi

if has pwsh; then
    printf '\n== %s\n' "$(pwsh --version)"
    said=$(pwsh -NoProfile -Command '
        . ./completions/why401.powershell
        foreach ($line in "why401 re", "why401 redact --ch") {
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
        }')
    offers "$said" redact reply --check
fi

if has man; then
    printf '\n== %s\n' "$(man --version)"
    # Every command has a page, and none has a mistake in its markup.
    for command in "" $(why401 completions bash | sed -n 's/^ *why401__subcmd__\([a-z-]*\)).*/\1/p' | sort -u) redact check; do
        # shellcheck disable=SC2086
        why401 man $command >page.1
        man --warnings --local-file page.1 >page.txt 2>mistakes.txt
        grep -q '^NAME' page.txt
        if [ -s mistakes.txt ]; then
            printf 'man %s: ' "$command" >&2
            cat mistakes.txt >&2
            exit 1
        fi
    done
    MANPATH=$work man --where --local-file why401.1 >/dev/null
    head -6 page.txt
fi
printf '\nAll passed that was not skipped.\n'
