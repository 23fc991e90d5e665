package io.corral.runtime.placement;

import io.corral.runtime.jdk.Jdk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The default rules, in order. Rules whose only condition is a class of threads or tasks are found
 * by the class's name, the others one after the other. Allocates nothing.
 */
public final class DefaultRules {

    /** The name of the file, for the locations of rules. */
    public static final String FILE = "default.rules";

    private static final String POOLS = "pools";

    private static volatile DefaultRules current = new DefaultRules(CompiledRules.text());

    private final NameRule[] names;
    private final ThreadRule[] forPlatform;
    private final ThreadRule[] forVirtual;

    /** The outcome of rules for workers of pools; null if there is no such rule. */
    private final @Nullable Outcome pools;

    private final Map<String, ThreadRule> byClass = new HashMap<>();
    private final Map<String, ThreadRule> byTask = new HashMap<>();

    /** @param compiled what {@code DefaultRulesCompiler} has written */
    DefaultRules(String compiled) {
        List<NameRule> names = new ArrayList<>();
        List<ThreadRule> platform = new ArrayList<>();
        List<ThreadRule> virtual = new ArrayList<>();
        Map<String, Outcome> outcomes = new HashMap<>();
        outcomes.put(OutcomeWithoutPath.INHERIT_WORD, OutcomeWithoutPath.INHERIT);
        outcomes.put(OutcomeWithoutPath.VIRTUAL_WORD, OutcomeWithoutPath.VIRTUAL);
        outcomes.put(NamedVirtualPlaces.WORDS, NamedVirtualPlaces.SHARED);
        for (String line : compiled.isEmpty() ? new String[0] : compiled.split("\n", -1)) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals("name")) {
                names.add(new NameRule(fields[1], fields[2]));
                continue;
            }
            ThreadRule rule = new ThreadRule(
                    FILE + ":" + fields[0],
                    text(fields),
                    conditions(fields),
                    outcome(fields[1], outcomes));
            if (rule.mayMatchVirtual()) {
                virtual.add(rule);
            }
            if (rule.mayMatchPlatform() && !isIndexed(rule)) {
                platform.add(rule);
            }
        }
        this.names = names.toArray(NameRule.NONE);
        this.forPlatform = platform.toArray(new ThreadRule[0]);
        this.forVirtual = virtual.toArray(new ThreadRule[0]);
        this.pools = outcomes.get(POOLS);
    }

    static DefaultRules current() {
        return current;
    }

    /** Called by tools, in which {@link CompiledRules} is empty, and by tests. */
    public static void install(String compiled) {
        current = new DefaultRules(compiled);
    }

    private static Outcome outcome(String compiled, Map<String, Outcome> known) {
        Outcome outcome = known.get(compiled);
        if (outcome == null) {
            outcome = new NamedPlaces(compiled);
            known.put(compiled, outcome);
        }
        return outcome;
    }

    /** The rule about as it is written in the file. */
    private static String text(String[] fields) {
        StringBuilder text = new StringBuilder();
        for (int i = 2; i < fields.length; i++) {
            text.append(fields[i].equals(ThreadProperty.CHOSEN.word()) ? "starter " : "")
                    .append(fields[i])
                    .append(' ');
        }
        text.append("-> ");
        String outcome = fields[1];
        if (outcome.equals(OutcomeWithoutPath.INHERIT_WORD)) {
            return text.append(outcome).toString();
        }
        text.append("chosen /").append(outcome);
        return text.append(outcome.startsWith(OutcomeWithoutPath.VIRTUAL_WORD) ? "" : "/{name}")
                .toString();
    }

    private static List<Condition> conditions(String[] fields) {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 2; i < fields.length; i++) {
            conditions.add(Condition.of(fields[i]));
        }
        return conditions;
    }

    private boolean isIndexed(ThreadRule rule) {
        Condition only = rule.onlyCondition();
        String type = only == null ? null : only.classWithSubclasses();
        if (type != null) {
            byClass.putIfAbsent(type, rule);
        }
        String task = only == null ? null : only.taskClass();
        if (task != null) {
            byTask.putIfAbsent(task, rule);
        }
        return type != null || task != null;
    }

    /**
     * The name that a name rule gives in place of a thread's name; the same name if no rule
     * matches.
     */
    String name(String threadName) {
        for (NameRule rule : names) {
            String name = rule.apply(threadName);
            if (name != null) {
                return name;
            }
        }
        return threadName;
    }

    /**
     * The first rule that matches a thread, or null.
     *
     * @param platform the thread, if it is a platform thread; else null
     */
    @Nullable ThreadRule first(ThreadFacts thread, @Nullable Thread platform) {
        ThreadRule indexed = platform == null ? null : byClassOrTask(platform);
        for (ThreadRule rule : platform == null ? forVirtual : forPlatform) {
            if (indexed != null && indexed.line < rule.line) {
                return indexed;
            }
            if (rule.matches(thread, null)) {
                return rule;
            }
        }
        return indexed;
    }

    /** Whether by a rule a thread with a task of this class is a worker of a pool. */
    boolean isPoolsTask(String type) {
        ThreadRule known = byTask.get(type);
        if (known != null) {
            return known.outcome() == pools;
        }
        for (ThreadRule rule : forPlatform) {
            Condition only = rule.outcome() == pools ? rule.onlyCondition() : null;
            if (only != null && only.isForTask(type)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable ThreadRule byClassOrTask(Thread thread) {
        ThreadRule first = null;
        for (Class<?> type = thread.getClass();
                type != null && type != Thread.class;
                type = type.getSuperclass()) {
            first = earlier(first, byClass.get(type.getName()));
        }
        Runnable task = Jdk.task(thread);
        return task == null ? first : earlier(first, byTask.get(task.getClass().getName()));
    }

    private static @Nullable ThreadRule earlier(
            @Nullable ThreadRule one, @Nullable ThreadRule other) {
        return one == null || (other != null && other.line < one.line) ? other : one;
    }
}
