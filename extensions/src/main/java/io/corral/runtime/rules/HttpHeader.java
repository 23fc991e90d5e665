package io.corral.runtime.rules;

/** How to read one request header from each kind of server. */
final class HttpHeader {

    private final Property inServlet;
    private final Property inJetty;
    private final Property inJdk;

    HttpHeader(String name) {
        this.inServlet = Property.call("getHeader", name);
        this.inJetty = Property.call("get", name);
        this.inJdk = Property.call("getFirst", name);
    }

    Property inServlet() {
        return inServlet;
    }

    Property inJetty() {
        return inJetty;
    }

    Property inJdk() {
        return inJdk;
    }
}
