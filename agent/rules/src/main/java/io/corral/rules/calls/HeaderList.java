package io.corral.rules.calls;

import org.jspecify.annotations.Nullable;

/** Headers with a list of {@code name=value}. A client can send a megabyte of any text. */
final class HeaderList {

    private HeaderList() {}

    /** What follows the name and {@code =}, or null. Takes time in proportion to the length. */
    static @Nullable String value(String list, char separator, String name) {
        int begin = 0;
        while (begin < list.length()) {
            int next = list.indexOf(separator, begin);
            int end = next < 0 ? list.length() : next;
            String element = list.substring(begin, end);
            int equals = element.indexOf('=');
            if (equals > 0 && element.substring(0, equals).trim().equals(name)) {
                return element.substring(equals + 1).trim();
            }
            begin = end + 1;
        }
        return null;
    }
}
