package io.corral.runtime.rules;

import java.util.List;

/** {@code http}: where servers that are known handle their requests. */
final class HttpTarget implements EntryTarget {

    static final String WORD = "http";

    @Override
    public boolean mayTake(String className) {
        return HttpServer.hasClass(className);
    }

    @Override
    public boolean mayTakeOfJdk(String className) {
        return HttpServer.hasClass(className);
    }

    @Override
    public boolean isBySupertype() {
        return false;
    }

    @Override
    public boolean takesClass(String className, List<String> supertypes) {
        return HttpServer.hasClass(className);
    }

    @Override
    public boolean takesMethod(
            String className, List<String> supertypes, String method, List<String> parameterTypes) {
        return HttpServer.of(className, method) != null && !parameterTypes.isEmpty();
    }

    @Override
    public String tookNothing() {
        return "has met no server that it knows: Tomcat, Spring MVC, Jetty or the JDK's HttpServer";
    }

    @Override
    public String toString() {
        return WORD;
    }
}
