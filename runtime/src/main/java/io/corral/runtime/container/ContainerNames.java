package io.corral.runtime.container;

import io.corral.runtime.notice.ControlCharacters;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** The rules for names, and how paths are split into names. */
public final class ContainerNames {

    private static final int MAX_LENGTH = 255;

    /** The number of characters of a refused name that a message shows. */
    private static final int QUOTED_LENGTH = 40;

    private static final char LAST_OF_LATIN_1 = 0xff;

    private ContainerNames() {}

    /**
     * The name in Unicode's form NFC, so that names which look the same are equal. Not for hooks,
     * since the first call loads classes and data.
     */
    public static String normalised(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > LAST_OF_LATIN_1) {
                return Normalizer.normalize(name, Normalizer.Form.NFC);
            }
        }
        return name;
    }

    static String check(String name) {
        String fault = fault(name);
        if (fault != null) {
            throw new IllegalArgumentException("container name " + quoted(name) + " " + fault
                    + "; a name has 1 to 255 characters, no '/', no control characters,"
                    + " and is not '.' or '..'");
        }
        return name;
    }

    private static @Nullable String fault(String name) {
        if (name.isEmpty()) {
            return "is empty";
        }
        if (name.length() > MAX_LENGTH) {
            return "has " + name.length() + " characters";
        }
        if (name.equals(".") || name.equals("..")) {
            return "is reserved";
        }
        if (name.indexOf('/') >= 0) {
            return "has a '/'";
        }
        int control = ControlCharacters.indexIn(name);
        return control < 0 ? null : "has the " + ControlCharacters.named(name.codePointAt(control));
    }

    static String quoted(String name) {
        boolean isLong = name.length() > QUOTED_LENGTH;
        String shown = isLong ? name.substring(0, QUOTED_LENGTH) : name;
        return "\"" + ControlCharacters.escaped(shown) + (isLong ? "…\"" : "\"");
    }

    /** Splits {@code "/a/b"} into its names; {@code "/"} has none. */
    static String[] ofAbsolute(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "path " + quoted(path) + " is not absolute; it begins with '/'");
        }
        return path.length() == 1 ? new String[0] : split(path.substring(1), path);
    }

    /** Splits {@code "a/b"} into its names. */
    static String[] ofRelative(String path) {
        return split(path, path);
    }

    /** @param given the path that the caller wrote, for messages */
    private static String[] split(String path, String given) {
        if (path.isEmpty() || path.startsWith("/") || path.endsWith("/") || path.contains("//")) {
            throw new IllegalArgumentException("path " + quoted(given)
                    + " has an empty part; names are joined by single '/', with none at the end");
        }
        String[] names = path.split("/", -1);
        for (String name : names) {
            check(name);
        }
        return names;
    }
}
