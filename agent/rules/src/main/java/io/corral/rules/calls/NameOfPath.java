package io.corral.rules.calls;

/** One name of the path that a client has asked for, decoded. */
final class NameOfPath extends ApplicationValue {

    private final int number;

    /** @param number the number of the name, from 1 */
    NameOfPath(String word, int number) {
        super(word);
        this.number = number;
    }

    @Override
    Object read(Execution execution) {
        String path = execution.server().dialect().path(execution.request());
        int count = 0;
        int begin = 0;
        while (begin < path.length()) {
            int slash = path.indexOf('/', begin);
            int end = slash < 0 ? path.length() : slash;
            // Two slashes in a row are one.
            if (end > begin && ++count == number) {
                return name(path.substring(begin, end));
            }
            begin = end + 1;
        }
        return RequestHeader.orNoMatch(null);
    }

    /** A name without its parameters, such as {@code ;jsessionid=1}. */
    private String name(String encoded) {
        int parameters = encoded.indexOf(';');
        String name = parameters < 0 ? encoded : encoded.substring(0, parameters);
        return decodedWithPlus(name);
    }
}
