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
        String value = HeaderList.value(list, ',', name);
        if (value == null) {
            return null;
        }
        int properties = value.indexOf(';');
        String encoded = properties < 0 ? value : value.substring(0, properties).trim();
        return decodedWithPlus(encoded);
    }
}
