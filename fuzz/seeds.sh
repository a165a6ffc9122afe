#!/bin/sh
# Writes the seeds of the fuzz targets to fuzz/corpus/: the texts that the tests have.
set -eu
cd "$(dirname "$0")/.."

into() {
    mkdir -p "fuzz/corpus/$1"
}

for target in diagnose redact leak files rules; do into "$target"; done

# Each text of a list of them, with a value at each mark.
awk '
    /^=== / { count += 1; file = sprintf("fuzz/corpus/redact/planted-%04d", count); next }
    count {
        line = $0
        while (match(line, /⟦[^⟧]*⟧/)) {
            inner = substr(line, RSTART + length("⟦"), RLENGTH - length("⟦⟧"))
            gsub(/@/, "Kiguse4temibi", inner)
            line = substr(line, 1, RSTART - 1) inner substr(line, RSTART + RLENGTH)
        }
        print line > file
    }
    # A file for each text: too many are not open at once.
    count && file != last { if (last) close(last); last = file }
' tests/redact/planted.txt
# Not innocent.txt: below each other its words are labels and values.
cp tests/redact/readable.txt fuzz/corpus/redact/
for target in diagnose leak; do
    for text in fuzz/corpus/redact/planted-*; do cp "$text" "fuzz/corpus/$target/"; done
done
for text in tests/captures/*.txt tests/tickets/*.txt; do
    cp "$text" "fuzz/corpus/diagnose/"
    cp "$text" "fuzz/corpus/redact/"
done
for folder in tests/product-set-forms tests/product-sets tests/product-set-cuts; do
    find "$folder" -type f -size -64k -exec cp {} fuzz/corpus/files/ \;
done
find rules -name '*.toml' -type f | while read -r file; do
    cp "$file" "fuzz/corpus/rules/$(printf '%s' "$file" | tr / -)"
done
for target in diagnose redact leak files rules; do
    printf '%s: %s seeds\n' "$target" "$(find "fuzz/corpus/$target" -type f | wc -l)"
done
