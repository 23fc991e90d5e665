package io.corral.runtime.rules;

import java.util.List;

/** {@code http}: the methods in which the known servers handle requests. */
final class HttpTarget implements EntryTarget {

    static final String WORD = "http";

    @Override
    public boolean mayMatchClass(String className) {
        return HttpServer.hasClass(className);
    }

    @Override
    public boolean mayMatchJdkClass(String className) {
        return HttpServer.hasClass(className);
    }

    @Override
    public boolean matchesSubtypes() {
        return false;
    }

    @Override
    public boolean matchesClass(String className, List<String> supertypes) {
        return HttpServer.hasClass(className);
    }

    @Override
    public boolean matchesMethod(
            String className, List<String> supertypes, String method, List<String> parameterTypes) {
        return HttpServer.of(className, method) != null && !parameterTypes.isEmpty();
    }

    @Override
    public String unusedMessage() {
        return "found no server that it knows: Tomcat, Spring MVC, Jetty or the JDK's HttpServer";
    }

    @Override
    public String toString() {
        return WORD;
    }
}
