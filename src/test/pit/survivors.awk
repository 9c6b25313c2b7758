# Tells what PIT's mutations.xml holds, one mutation a line: the mutations that no test noticed, and each package's score.

function element(name,    text) {
    text = $0
    if (!sub(".*<" name ">", "", text)) {
        return ""
    }
    sub("</" name ">.*", "", text)
    gsub("&lt;", "<", text)
    gsub("&gt;", ">", text)
    gsub("&apos;|&#39;", "'", text)
    gsub("&quot;|&#34;", "\"", text)
    gsub("&amp;", "\\&", text)
    return text
}

/<mutation / {
    package = element("mutatedClass")
    sub(/\.[^.]*$/, "", package)
    all[package]++
    total++
    if (/detected='true'/) {
        noticed[package]++
        found++
        endless += /status='TIMED_OUT'/
    } else {
        print package "/" element("sourceFile") ":" element("lineNumber") " " element("description") \
            (/status='NO_COVERAGE'/ ? " (no test comes here)" : "")
    }
}

END {
    if (!total) {
        print "Nothing was broken: there is no mutation in the file."
        exit
    }
    for (package in all) {
        printf "%3d%% %4d of %4d  %s\n", 100 * noticed[package] / all[package], noticed[package], all[package], package \
            | "sort -k5"
    }
    close("sort -k5")
    printf "%3d%% %4d of %4d  of all that was broken was noticed, %d times by a test that did not end\n", \
        100 * found / total, found, total, endless
}
