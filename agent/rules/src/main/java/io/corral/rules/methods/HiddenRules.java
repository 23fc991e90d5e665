package io.corral.rules.methods;

import io.corral.rules.servers.KnownServers;
import io.corral.rules.servers.ServerMethod;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds rules that another rule hides, since that one matches every request. Such a file is no
 * error, but hardly what its author wants.
 */
public final class HiddenRules {

    /** Tomcat calls the methods of these classes before the first filter. */
    private static final List<String> BEFORE_FILTERS = List.of(
            "org.apache.catalina.authenticator.",
            "org.apache.catalina.connector.",
            "org.apache.catalina.valves.",
            "org.apache.coyote.",
            "org.apache.tomcat.util.");

    private static final String VALVE = "Valve";

    private HiddenRules() {}

    /**
     * One line for each.
     *
     * @param rules in the order of the file
     */
    public static List<String> warnings(List<EntryRule> rules) {
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            EntryRule all = rules.get(i);
            for (int k = 0; k < rules.size() && matchesEveryRequest(all); k++) {
                EntryRule other = rules.get(k);
                if (k != i && other.hierarchy().equals(all.hierarchy())) {
                    String why = why(other, all, k > i);
                    if (!why.isEmpty()) {
                        warnings.add(other.location() + ": " + why);
                    }
                }
            }
        }
        return warnings;
    }

    /** Empty if the rule is not hidden. */
    private static String why(EntryRule rule, EntryRule all, boolean isAfter) {
        String line = all.location() + " (enter " + all.target() + " -> " + all.path() + ")";
        if (rule.isForRequests()) {
            return isAfter && rule.target() == all.target()
                    ? "no request gets here, since " + line + " matches every one"
                    : "";
        }
        if (!(rule.target() instanceof MethodPattern pattern)) {
            return "";
        }
        if (isAfter && isServers(pattern)) {
            return "no request gets here, since " + line
                    + " matches every one in the same method; put this line before it";
        }
        return isBeforeFilters(pattern)
                ? "this method is called before the first filter, and there " + line
                        + " takes every request out of this container; name a method of a filter"
                        + " or of a servlet"
                : "";
    }

    private static boolean matchesEveryRequest(EntryRule rule) {
        // Each request has a method and a route.
        return rule.isForRequests()
                && rule.path().replace("{method}", "").replace("{route}", "").indexOf('{') < 0;
    }

    private static boolean isServers(MethodPattern pattern) {
        for (ServerMethod method : KnownServers.http()) {
            if (method.role().decides()
                    && method.role() != ServerMethod.Role.PREPARE
                    && pattern.type().matches(method.className(), null)
                    && pattern.method().matches(method.method(), null)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBeforeFilters(MethodPattern pattern) {
        String source = pattern.source();
        String className = source.substring(0, source.indexOf('#')).strip();
        for (String prefix : BEFORE_FILTERS) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return className.endsWith(VALVE) || className.endsWith(VALVE + "+");
    }
}
