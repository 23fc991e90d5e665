package org.apache.catalina.connector;

import java.util.Map;

/** Has the name of Tomcat's class, by which rules know the request, and some getters. */
public final class RequestFacade {

    private final Map<String, String> headers;
    public String dispatcherType = "REQUEST";

    public RequestFacade(Map<String, String> headers) {
        this.headers = headers;
    }

    public String getMethod() {
        return "GET";
    }

    public String getHeader(String name) {
        return headers.get(name);
    }
}
