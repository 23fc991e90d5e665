package io.corral.runtime.rules;

/** A request's header, as each kind of server is asked for it. */
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
