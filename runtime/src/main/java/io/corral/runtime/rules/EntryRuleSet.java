package io.corral.runtime.rules;

import io.corral.runtime.membership.Destination;
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

    private static final EntrySite[] NONE = {};

    /** In their order. */
    private volatile List<EntryRule> rules = List.of();

    /** By number. Replaced under this, read without it. */
    private volatile EntrySite[] sites = NONE;

    /** Numbers by class and method. Under this. */
    private final Map<String, Integer> numbers = new HashMap<>();

    /** Numbers of methods that rules in force take. Under this. */
    private final Set<Integer> taken = new HashSet<>();

    /**
     * Puts rules in the place of those before. The methods have to be woven then, which finds out what each takes.
     */
    synchronized void replace(List<EntryRule> next) {
        taken.clear();
        rules = List.copyOf(next);
    }

    /** After the weaving: what was woven for earlier rules does nothing any more. */
    synchronized void release() {
        EntryRule[] none = {};
        for (int i = 0; i < sites.length; i++) {
            if (!taken.contains(i)) {
                sites[i].rules(none);
            }
        }
    }

    /** Each second, on a thread of Corral's. */
    void look() {
        for (EntryRule rule : rules) {
            rule.look();
        }
    }

    /** What is to be said at the end of a run: the rules that have taken nothing. */
    List<String> unused() {
        List<String> unused = new ArrayList<>();
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
            int site, @Nullable Object self, @Nullable Object[] arguments) {
        return sites[site].destination(self, arguments);
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
        String key = className + "#" + method + parameterTypes;
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
                    return number(key, className, method, takers);
                }
            }
            // They were replaced meanwhile.
        }
    }

    private int number(String key, String className, String method, List<EntryRule> takers) {
        Integer known = numbers.get(key);
        int number = known == null ? sites.length : known;
        if (known == null) {
            EntrySite[] grown = Arrays.copyOf(sites, number + 1);
            grown[number] = new EntrySite(className, method);
            sites = grown;
            numbers.put(key, number);
        }
        taken.add(number);
        for (EntryRule taker : takers) {
            taker.taken();
        }
        sites[number].rules(takers.toArray(new EntryRule[0]));
        return number;
    }
}
