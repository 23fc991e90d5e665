package io.corral.runtime.rules;

import io.corral.runtime.container.Destination;
import io.corral.runtime.container.Membership;
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
 * The rules for methods that are in force, and the methods that are woven. A method keeps its number whatever rules come and
 * go; one that no rule takes any more stays where it is.
 */
final class EntryRuleSet implements EntryRules, EntryTargets {

    private static final EntryRule[] NO_RULES = {};

    /**
     * Behind so many methods those that the same rules take share one, for each name and parameters, whatever class they are of: to
     * {@code {class}} it is {@link PathTemplate#OVERFLOW}.
     */
    private static final int MOST_SITES = 10_000;

    /** In their order. Replaced under this, read without it. */
    private volatile List<EntryRule> rules = List.of();

    /** By number; behind the last there is room for more. Replaced under this, read without it. */
    private volatile @Nullable EntrySite[] sites = new EntrySite[16];

    /** Numbers by method and, where it matters, class: else classes that are made without end would be without end here. */
    private final Map<String, Integer> numbers = new HashMap<>();

    /** Numbers of methods that rules in force take. Under this. */
    private final Set<Integer> taken = new HashSet<>();

    /** Whether the last weaving failed. Set under this. */
    private volatile boolean isWovenInPart;

    /**
     * Puts rules in the place of those before.
     *
     * @return whether the methods have to be woven, to find out what each rule takes; not if the rules take the same as those
     *     before, and what those take is woven
     */
    synchronized boolean replace(List<EntryRule> next) {
        List<EntryRule> before = rules;
        rules = List.copyOf(next);
        if (!isWovenInPart && takeTheSame(before, next)) {
            succeed(before, next);
            return false;
        }
        isWovenInPart = false;
        taken.clear();
        return true;
    }

    private static boolean takeTheSame(List<EntryRule> some, List<EntryRule> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = some.get(i).target().toString().equals(others.get(i).target().toString())
                    && some.get(i).namesClass() == others.get(i).namesClass();
        }
        return same;
    }

    private void succeed(List<EntryRule> before, List<EntryRule> next) {
        for (int i = 0; i < next.size(); i++) {
            next.get(i).succeed(before.get(i));
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

    /** The weaving has failed, and what rules take is not known: those that replace them are woven in any case. */
    synchronized void weavingFailed() {
        isWovenInPart = true;
    }

    /** After the weaving: what was woven for earlier rules does nothing any more. */
    synchronized void release() {
        for (int i = 0; i < numbers.size(); i++) {
            EntrySite site = sites[i];
            if (site != null && !taken.contains(i)) {
                site.rules(NO_RULES);
            }
        }
    }

    /** What is to be said at the end of a run: the rules that have taken nothing, if they had a chance to. */
    List<String> unused() {
        List<String> unused = new ArrayList<>();
        if (isWovenInPart) {
            return unused;
        }
        for (EntryRule rule : rules) {
            String said = rule.tookNothing();
            if (said != null) {
                unused.add(said);
            }
        }
        return unused;
    }

    @Override
    public @Nullable Destination destination(
            int number,
            @Nullable Object self,
            @Nullable Object[] arguments,
            @Nullable Destination last,
            @Nullable Membership place) {
        EntrySite site = sites[number];
        return site == null ? null : site.destination(self, arguments, last, place);
    }

    @Override
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    @Override
    public boolean mayTake(String className) {
        for (EntryRule rule : rules) {
            if (rule.target().mayTake(className)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean mayTakeOfJdk(String className) {
        for (EntryRule rule : rules) {
            if (rule.target().mayTakeOfJdk(className)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean areBySupertype() {
        for (EntryRule rule : rules) {
            if (rule.target().isBySupertype()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean takes(String className, List<String> supertypes) {
        for (EntryRule rule : rules) {
            if (rule.target().takesClass(className, supertypes)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int site(
            String className, List<String> supertypes, String method, List<String> parameterTypes) {
        while (true) {
            List<EntryRule> now = rules;
            List<EntryRule> takers = new ArrayList<>();
            for (EntryRule rule : now) {
                if (rule.target().takesMethod(className, supertypes, method, parameterTypes)) {
                    takers.add(rule);
                }
            }
            if (takers.isEmpty()) {
                return -1;
            }
            synchronized (this) {
                if (rules == now) {
                    String signature = "#" + method + parameterTypes;
                    String key = key(className, takers) + signature;
                    return mayHaveANumber(key, className)
                            ? number(key, className, method, takers)
                            : number(
                                    targets(takers) + PathTemplate.OVERFLOW + signature,
                                    PathTemplate.OVERFLOW,
                                    method,
                                    takers);
                }
            }
            // They were replaced meanwhile.
        }
    }

    /** Servers are few, and what handles a request is told by its class. */
    private boolean mayHaveANumber(String key, String className) {
        return numbers.size() < MOST_SITES
                || numbers.containsKey(key)
                || HttpServer.hasClass(className);
    }

    /** Methods of several classes share a site if the same rules take them, whatever class they are of. */
    private static String key(String className, List<EntryRule> takers) {
        for (EntryRule taker : takers) {
            if (taker.namesClass()) {
                return className;
            }
        }
        return targets(takers);
    }

    private static String targets(List<EntryRule> takers) {
        StringBuilder targets = new StringBuilder();
        for (EntryRule taker : takers) {
            targets.append(taker.hierarchy()).append(' ').append(taker.target()).append(' ');
        }
        return targets.toString();
    }

    private int number(String key, String className, String method, List<EntryRule> takers) {
        Integer known = numbers.get(key);
        int number = known == null ? numbers.size() : known;
        @Nullable EntrySite[] all = sites;
        EntrySite site = known == null ? null : all[number];
        if (site == null) {
            site = new EntrySite(className, method);
            if (number == all.length) {
                all = Arrays.copyOf(all, 2 * number);
            }
            all[number] = site;
            numbers.put(key, number);
        }
        taken.add(number);
        for (EntryRule taker : takers) {
            taker.taken();
        }
        site.rules(takers.toArray(new EntryRule[0]));
        // Behind what it holds: who has the number finds the site.
        sites = all;
        return number;
    }
}
