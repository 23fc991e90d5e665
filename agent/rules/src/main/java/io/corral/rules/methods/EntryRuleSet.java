package io.corral.rules.methods;

import io.corral.rules.calls.CapturedVariables;
import io.corral.runtime.container.Destination;
import io.corral.runtime.placement.EntryRules;
import io.corral.runtime.placement.EntryTargets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules for methods in force. A method without a matching rule stays woven and does nothing.
 */
public final class EntryRuleSet implements EntryRules, EntryTargets {

    /** The rules in order. Written under this object's monitor, read without it. */
    private volatile List<EntryRule> rules = List.of();

    private final EntrySites sites = new EntrySites();

    /** Whether the last weaving failed. Written under this object's monitor. */
    private volatile boolean isWeavingIncomplete;

    /**
     * Replaces the rules.
     *
     * @return whether methods have to be woven, which also finds out what each rule matches; false
     *     if the rules name the same methods as before and these are woven
     */
    public synchronized boolean replace(List<EntryRule> next) {
        List<EntryRule> before = rules;
        rules = List.copyOf(next);
        if (!isWeavingIncomplete && SiteKeys.haveSameTargets(before, next)) {
            for (int i = 0; i < next.size(); i++) {
                next.get(i).takeOver(before.get(i));
            }
            sites.replaceRules(before, next);
            return false;
        }
        isWeavingIncomplete = false;
        sites.beginMatching();
        return true;
    }

    /** Notes that the weaving failed, so that the next rules are woven in any case. */
    public synchronized void markWeavingFailed() {
        isWeavingIncomplete = true;
    }

    /** Called after the weaving: methods that only earlier rules matched do nothing from now on. */
    public void releaseUnmatched() {
        sites.releaseUnmatched();
    }

    /** The lines at the end of the JVM: one for each woven rule that has matched no method. */
    public List<String> unused() {
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
            Class<?> type,
            @Nullable Object self,
            @Nullable Object[] arguments,
            @Nullable Destination last) {
        EntrySite site = sites.at(number);
        return site == null ? null : site.destination(type, self, arguments, last);
    }

    @Override
    public boolean mayWait(int site) {
        EntrySite known = sites.at(site);
        return known != null && known.mayWait();
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
        return numberOf(className, supertypes, method, parameterTypes, null);
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
    public void returns(int site, String type) {
        EntrySite known = sites.at(site);
        if (known != null && AssembledTypes.contain(type)) {
            for (EntryRule rule : known.rules()) {
                if (!rule.isForRequests()) {
                    rule.reportAssembly(known.method().toString(), type);
                }
            }
        }
    }

    @Override
    public boolean canRefuse(int site) {
        EntrySite known = sites.at(site);
        return known != null && known.canRefuse();
    }

    @Override
    public void woven(String className) {
        for (EntryRule rule : rules) {
            if (rule.target().namesExactly(className)) {
                rule.reportAbsence();
            }
        }
    }

    @Override
    public int site(
            String className,
            List<String> supertypes,
            String method,
            List<String> parameterTypes,
            List<String> captured) {
        return numberOf(
                className,
                supertypes,
                method,
                parameterTypes,
                new CapturedVariables(List.copyOf(captured)));
    }

    private int numberOf(
            String className,
            List<String> supertypes,
            String method,
            List<String> parameterTypes,
            @Nullable CapturedVariables captured) {
        boolean isLambda = captured != null;
        while (true) {
            List<EntryRule> now = rules;
            List<EntryRule> matching = new ArrayList<>();
            for (EntryRule rule : now) {
                EntryTarget target = rule.target();
                if (target.matchesLambdas() == isLambda
                        && target.matchesMethod(className, supertypes, method, parameterTypes)
                        && (captured == null || rule.readsOnly(captured))) {
                    matching.add(rule);
                }
            }
            if (matching.isEmpty()) {
                return -1;
            }
            synchronized (this) {
                if (rules == now) {
                    return sites.number(className, method, parameterTypes, captured, matching);
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
                rule.reportUnknownVersion(className, origin);
                return;
            }
        }
    }
}
