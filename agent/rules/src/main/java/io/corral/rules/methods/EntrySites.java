package io.corral.rules.methods;

import io.corral.rules.calls.CapturedVariables;
import io.corral.rules.calls.WovenMethod;
import io.corral.rules.language.Placeholder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The woven methods by their numbers. A method keeps its number when rules change. Written under
 * this object's monitor, read without it.
 */
final class EntrySites {

    private static final EntryRule[] NO_RULES = {};

    /**
     * The largest number of sites for single methods. Beyond it, methods of all classes with equal
     * rules, name and parameters share a site, and {@code {class}} is {@link Placeholder#OVERFLOW}.
     */
    private static final int MAX_SITES = 10_000;

    /** The sites by number; the end is null. */
    private volatile @Nullable EntrySite[] sites = new EntrySite[16];

    /**
     * The numbers by method, and by class only if a rule depends on it, since an application may
     * generate any number of classes.
     */
    private final Map<String, Integer> numbers = new HashMap<>();

    /** Numbers of methods that the rules in force match. */
    private final Set<Integer> matched = new HashSet<>();

    /** Null for a number that has no method. */
    @Nullable EntrySite at(int number) {
        return sites[number];
    }

    /**
     * The number of a method, with its rules from now on.
     *
     * @param captured the captured variables that precede the arguments; null for a method that is
     *     no lambda's body
     * @param matching the rules that match the method, at least one
     */
    synchronized int number(
            String className,
            String method,
            List<String> parameterTypes,
            @Nullable CapturedVariables captured,
            List<EntryRule> matching) {
        String signature =
                "#" + method + parameterTypes + (captured == null ? "" : captured.names());
        String key = SiteKeys.of(className, matching) + signature;
        boolean isOwn = mayHaveANumber(key, className);
        if (!isOwn) {
            key = SiteKeys.targets(matching) + Placeholder.OVERFLOW + signature;
        }
        Integer known = numbers.get(key);
        int number = known == null ? numbers.size() : known;
        @Nullable EntrySite[] all = sites;
        EntrySite site = known == null ? null : all[number];
        if (site == null) {
            site = new EntrySite(
                    new WovenMethod(isOwn ? className : Placeholder.OVERFLOW, method),
                    parameterTypes,
                    captured == null ? CapturedVariables.NONE : captured);
            if (number == all.length) {
                all = Arrays.copyOf(all, 2 * number);
            }
            all[number] = site;
            numbers.put(key, number);
        }
        matched.add(number);
        for (EntryRule each : matching) {
            each.markUsed();
        }
        site.rules(matching.toArray(new EntryRule[0]));
        // Published last: a thread that has the number finds the site.
        sites = all;
        return number;
    }

    /** Servers are few, and their sites depend on the class. */
    private boolean mayHaveANumber(String key, String className) {
        return numbers.size() < MAX_SITES
                || numbers.containsKey(key)
                || RequestTarget.isOfServer(className);
    }

    /** Puts the rules of a new version with the same targets in place of the previous ones. */
    synchronized void replaceRules(List<EntryRule> before, List<EntryRule> next) {
        for (EntrySite site : sites) {
            if (site != null) {
                EntryRule[] known = site.rules();
                EntryRule[] successors = new EntryRule[known.length];
                for (int i = 0; i < known.length; i++) {
                    successors[i] = next.get(before.indexOf(known[i]));
                }
                site.rules(successors);
            }
        }
    }

    /** Called before methods are woven for a new version of the rules. */
    synchronized void beginMatching() {
        matched.clear();
    }

    /** Called after the weaving: methods that only earlier rules matched do nothing from now on. */
    synchronized void releaseUnmatched() {
        for (int i = 0; i < numbers.size(); i++) {
            EntrySite site = sites[i];
            if (site != null && !matched.contains(i)) {
                site.rules(NO_RULES);
            }
        }
    }
}
