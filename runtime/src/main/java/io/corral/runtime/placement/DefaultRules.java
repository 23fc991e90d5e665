package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
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

    private static volatile DefaultRules current = new DefaultRules(CompiledRules.text());

    private final NameRule[] names;
    private final DefaultRule[] forPlatform;
    private final DefaultRule[] forVirtual;
    private final Map<String, DefaultRule> byClass = new HashMap<>();
    private final Map<String, DefaultRule> byTask = new HashMap<>();

    /** @param compiled what {@code DefaultRulesCompiler} has written */
    DefaultRules(String compiled) {
        List<NameRule> names = new ArrayList<>();
        List<DefaultRule> platform = new ArrayList<>();
        List<DefaultRule> virtual = new ArrayList<>();
        Map<String, NamedPlaces> places = new HashMap<>();
        int order = 0;
        for (String line : compiled.isEmpty() ? new String[0] : compiled.split("\n", -1)) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals("name")) {
                names.add(new NameRule(fields[1], fields[2]));
                continue;
            }
            DefaultRule rule = new DefaultRule(
                    order++,
                    FILE + ":" + fields[0],
                    fields[1],
                    fields[2],
                    places(fields[2], places),
                    conditions(fields));
            if (rule.forVirtual && !isForPlatformThreads(rule)) {
                virtual.add(rule);
            }
            if (rule.forPlatform && !isIndexed(rule)) {
                platform.add(rule);
            }
        }
        this.names = names.toArray(NameRule.NONE);
        this.forPlatform = platform.toArray(new DefaultRule[0]);
        this.forVirtual = virtual.toArray(new DefaultRule[0]);
    }

    static DefaultRules current() {
        return current;
    }

    /** Called by tools, in which {@link CompiledRules} is empty, and by tests. */
    public static void install(String compiled) {
        current = new DefaultRules(compiled);
    }

    private static @Nullable NamedPlaces places(String outcome, Map<String, NamedPlaces> known) {
        if (outcome.equals(DefaultRule.VIRTUAL_PLACE) || outcome.equals(DefaultRule.INHERIT)) {
            return null;
        }
        NamedPlaces places = known.get(outcome);
        if (places == null) {
            places = new NamedPlaces(outcome);
            known.put(outcome, places);
        }
        return places;
    }

    private static DefaultCondition[] conditions(String[] fields) {
        DefaultCondition[] conditions = new DefaultCondition[fields.length - 3];
        for (int i = 0; i < conditions.length; i++) {
            conditions[i] = new DefaultCondition(fields[i + 3]);
        }
        return conditions;
    }

    private static boolean isForPlatformThreads(DefaultRule rule) {
        for (DefaultCondition condition : rule.conditions) {
            if (condition.isForPlatformThreads()) {
                return true;
            }
        }
        return false;
    }

    private boolean isIndexed(DefaultRule rule) {
        if (rule.conditions.length != 1) {
            return false;
        }
        String type = rule.conditions[0].classWithSubclasses();
        if (type != null) {
            byClass.putIfAbsent(type, rule);
        }
        String task = rule.conditions[0].taskClass();
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
     * @param inheritsAlways whether no starter counts as being in a chosen place
     */
    @Nullable DefaultRule of(Thread thread, boolean virtual, ContainerNode starter, boolean inheritsAlways) {
        DefaultRule byName = virtual ? null : byClassOrTask(thread);
        for (DefaultRule rule : virtual ? forVirtual : forPlatform) {
            if (byName != null && byName.order < rule.order) {
                return byName;
            }
            if (rule.takes(thread, virtual, starter, inheritsAlways)) {
                return rule;
            }
        }
        return byName;
    }

    /** Whether by a rule a thread with a task of this class is a worker of a pool. */
    boolean isPoolsTask(String type) {
        DefaultRule known = byTask.get(type);
        if (known != null) {
            return known.isForPoolsTask(type);
        }
        for (DefaultRule rule : forPlatform) {
            if (rule.isForPoolsTask(type)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable DefaultRule byClassOrTask(Thread thread) {
        DefaultRule first = null;
        for (Class<?> type = thread.getClass();
                type != null && type != Thread.class;
                type = type.getSuperclass()) {
            first = earlier(first, byClass.get(type.getName()));
        }
        Runnable task = DefaultCondition.task(thread);
        return task == null ? first : earlier(first, byTask.get(task.getClass().getName()));
    }

    private static @Nullable DefaultRule earlier(
            @Nullable DefaultRule one, @Nullable DefaultRule other) {
        return one == null || (other != null && other.order < one.order) ? other : one;
    }
}
