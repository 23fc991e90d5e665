package io.corral.integration.pods;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docs/kubernetes.md} says of modules. */
final class ModulesPage {

    static final Path PAGE = Path.of("../../docs/kubernetes.md");

    private static final Pattern MODULES = Pattern.compile("jlink --add-modules (\\S+)");

    /** The module, and the first line that is quoted in the last column. */
    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| [^|]+ \\| `([a-z.]+)` \\| [^`|]*(?:`log=info`: )?(?:`([^`]+)`)?");

    private ModulesPage() {}

    /** The modules of the page's command, with commas. */
    static String all() {
        Matcher modules = MODULES.matcher(text());
        if (!modules.find()) {
            throw new IllegalStateException("no jlink in " + PAGE);
        }
        return modules.group(1);
    }

    /** For each module, what is printed without it; empty if nothing is. */
    static Map<String, String> linesByModule() {
        Map<String, String> lines = new LinkedHashMap<>();
        Matcher row = ROW.matcher(text());
        while (row.find()) {
            lines.put(row.group(1), row.group(2) == null ? "" : row.group(2));
        }
        return lines;
    }

    private static String text() {
        try {
            return Files.readString(PAGE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
