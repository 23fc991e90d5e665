package io.corral.report.page;

/** JSON within an element of HTML. */
public final class JsonInHtml {

    private JsonInHtml() {}

    /**
     * Escapes the characters of tags, so that no text ends the HTML element of the JSON or begins
     * another one.
     */
    public static String escaped(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }
}
