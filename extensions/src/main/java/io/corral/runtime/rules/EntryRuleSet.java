package io.corral.runtime.rules;

import io.corral.runtime.container.Destination;
import io.corral.runtime.placement.EntryRules;
import io.corral.runtime.placement.EntryTargets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules for methods in force, and the woven methods. A method keeps its number when rules
 * change. A method without a matching rule stays woven and does nothing.
 */
final class EntryRuleSet implements EntryRules, EntryTargets {

    private static final EntryRule[] NO_RULES = {};

    private static final int NO_LAMBDA = -1;

    /**
     * The largest number of sites for single methods. Beyond it, methods of all classes with equal
     * rules, name and parameters share a site, and {@code {class}} is
     * {@link PathTemplate#OVERFLOW}.
     */
    private static final int MAX_SITES = 10_000;

    /** The rules in order. Written under this object's monitor, read without it. */
    private volatile List<EntryRule> rules = List.of();

    /**
     * The sites by their number, with spare room. Written under this object's monitor, read without
     * it.
     */
    private volatile @Nullable EntrySite[] sites = new EntrySite[16];

    /**
     * The numbers of sites by method, and by class only if a rule depends on it, since an
     * application may generate any number of classes.
     */
    private final Map<String, Integer> numbers = new HashMap<>();

    /** Numbers of methods that the rules in force match. Guarded by this object's monitor. */
    private final Set<Integer> matched = new HashSet<>();

    /** Whether the last weaving failed. Written under this object's monitor. */
    private volatile boolean isWeavingIncomplete;

    /**
     * Replaces the rules.
     *
     * @return whether methods have to be woven, which also finds out what each rule matches; false
     *     if the rules name the same methods as before and these are woven
     */
    synchronized boolean replace(List<EntryRule> next) {
        List<EntryRule> before = rules;
        rules = List.copyOf(next);
        if (!isWeavingIncomplete && SiteKeys.haveSameTargets(before, next)) {
            replaceInSites(before, next);
            return false;
        }
        isWeavingIncomplete = false;
        matched.clear();
        return true;
    }

    private void replaceInSites(List<EntryRule> before, List<EntryRule> next) {
        for (int i = 0; i < next.size(); i++) {
            next.get(i).replaces(before.get(i));
        }
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

    /** Notes that the weaving failed, so that the next rules are woven in any case. */
    synchronized void markWeavingFailed() {
        isWeavingIncomplete = true;
    }

    /** Called after the weaving: methods that only earlier rules matched do nothing from now on. */
    synchronized void release() {
        for (int i = 0; i < numbers.size(); i++) {
            EntrySite site = sites[i];
            if (site != null && !matched.contains(i)) {
                site.rules(NO_RULES);
            }
        }
    }

    /** The lines at the end of the JVM: one for each woven rule that has matched no method. */
    List<String> unused() {
        List<String> unused = new ArrayList<>();
        if (isWeavingIncomplete) {
            return unused;
        }
        for (EntryRule rule : rules) {
            String message = rule.unusedMessage();
            if (message != null) {
                unused.add(message);
            }
        }
        return unused;
    }

    @Override
    public @Nullable Destination destination(
            int number,
            @Nullable Object self,
            @Nullable Object[] arguments,
            @Nullable Destination last) {
        EntrySite site = sites[number];
        return site == null ? null : site.destination(self, arguments, last);
    }

    @Override
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    @Override
    public boolean mayMatchClass(String className) {
        for (EntryRule rule : rules) {
            if (rule.target().mayMatchClass(className)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean mayMatchJdkClass(String className) {
        for (EntryRule rule : rules) {
            if (rule.target().mayMatchJdkClass(className)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean needsSupertypes() {
        for (EntryRule rule : rules) {
            if (rule.target().matchesSubtypes()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean matches(String className, List<String> supertypes) {
        for (EntryRule rule : rules) {
            if (rule.target().matchesClass(className, supertypes)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int site(
            String className, List<String> supertypes, String method, List<String> parameterTypes) {
        return site(className, supertypes, method, parameterTypes, NO_LAMBDA);
    }

    @Override
    public boolean needsLambdas() {
        for (EntryRule rule : rules) {
            if (rule.target().matchesLambdas()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int lambdaSite(
            String className,
            List<String> supertypes,
            String maker,
            List<String> parameterTypes,
            int captured) {
        return site(className, supertypes, maker, parameterTypes, captured);
    }

    @Override
    public void returns(int site, String type) {
        EntrySite known = sites[site];
        if (known != null && AssembledTypes.contain(type)) {
            for (EntryRule rule : known.rules()) {
                rule.reportAssembly(known, type);
            }
        }
    }

    @Override
    public void woven(String className) {
        for (EntryRule rule : rules) {
            if (rule.target().namesExactly(className)) {
                rule.reportAbsence();
            }
        }
    }

    /** @param captured {@link #NO_LAMBDA} for a method that is no lambda's body */
    private int site(
            String className,
            List<String> supertypes,
            String method,
            List<String> parameterTypes,
            int captured) {
        boolean isLambda = captured != NO_LAMBDA;
        while (true) {
            List<EntryRule> now = rules;
            List<EntryRule> matching = new ArrayList<>();
            for (EntryRule rule : now) {
                EntryTarget target = rule.target();
                if (target.matchesLambdas() == isLambda
                        && target.matchesMethod(className, supertypes, method, parameterTypes)) {
                    matching.add(rule);
                }
            }
            if (matching.isEmpty()) {
                return -1;
            }
            synchronized (this) {
                if (rules == now) {
                    String signature = "#" + method + parameterTypes + (isLambda ? captured : "");
                    int skipped = isLambda ? captured : 0;
                    String key = SiteKeys.of(className, matching) + signature;
                    boolean isOwn = mayHaveANumber(key, className);
                    EntrySite made = new EntrySite(
                            isOwn ? className : PathTemplate.OVERFLOW,
                            method,
                            parameterTypes,
                            skipped);
                    String shared = SiteKeys.targets(matching) + PathTemplate.OVERFLOW + signature;
                    return number(isOwn ? key : shared, made, matching);
                }
            }
            // The rules were replaced meanwhile: try again.
        }
    }

    /** One rule reports it, since all rules for the same server would report the same. */
    @Override
    public void unmatched(String className, String origin) {
        for (EntryRule rule : rules) {
            if (rule.target().mayMatchClass(className) && rule.isForRequests()) {
                rule.unmatched(className, origin);
                return;
            }
        }
    }

    /** Servers are few, and their sites depend on the class. */
    private boolean mayHaveANumber(String key, String className) {
        return numbers.size() < MAX_SITES
                || numbers.containsKey(key)
                || RequestTarget.isOfServer(className);
    }

    private int number(String key, EntrySite made, List<EntryRule> matching) {
        Integer known = numbers.get(key);
        int number = known == null ? numbers.size() : known;
        @Nullable EntrySite[] all = sites;
        EntrySite site = known == null ? null : all[number];
        if (site == null) {
            site = made;
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
}
