package io.corral.rules.calls;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the header {@code baggage} of the W3C: a list of names with values and properties.
 */
final class BaggageEntry extends ApplicationValue {

    private final String name;
    private final RequestHeader header;

    BaggageEntry(String word, String name) {
        super(word);
        this.name = name;
        this.header = new RequestHeader(word, "baggage");
    }

    @Override
    Object read(Execution execution) {
        return RequestHeader.orNoMatch(value(header.read(execution).toString()));
    }

    private @Nullable String value(String list) {
        int begin = 0;
        while (begin < list.length()) {
            int comma = list.indexOf(',', begin);
            int end = comma < 0 ? list.length() : comma;
            int equals = list.indexOf('=', begin);
            if (equals > 0
                    && equals < end
                    && list.substring(begin, equals).trim().equals(name)) {
                int properties = list.indexOf(';', equals);
                boolean hasProperties = properties >= 0 && properties < end;
                String value = list.substring(equals + 1, hasProperties ? properties : end);
                // A plus sign stands for itself, unlike in the address of a form.
                return decoded(value.trim().replace("+", "%2B"));
            }
            begin = end + 1;
        }
        return null;
    }
}
