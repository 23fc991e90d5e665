package io.corral.commands;

import io.corral.rules.file.DefaultRulesCompiler;
import io.corral.rules.file.RuleSet;
import io.corral.rules.file.RulesParser;
import io.corral.rules.threads.CheckedRule;
import io.corral.runtime.placement.DefaultRules;

import java.util.List;
import java.util.Set;

/** The default place of a thread of a dump, inferred from its outermost methods. */
final class DefaultPlace {

    private static final Set<String> JVM_CLASSES = Set.of(
            "java.lang.ref.Reference$ReferenceHandler", "java.lang.ref.Finalizer$FinalizerThread");

    /** Threads of the class that are not the JDK's helpers have this name and a number. */
    private static final String NUMBERED = "InnocuousThread-";

    /** Threads without Java methods, or with those of the tool that asked for the dump. */
    private static final Set<String> JVM_NAMES = Set.of(
            "Signal Dispatcher",
            "Service Thread",
            "Monitor Deflation Thread",
            "Notification Thread",
            "Sweeper thread",
            "Attach Listener");

    private static final List<String> JVM_PREFIXES =
            List.of("C1 CompilerThread", "C2 CompilerThread", "VirtualThread-un", "JFR ");

    private static final String CARRIERS = "/jvm/carriers";

    /** Text after the place of a thread that may be a carrier; see {@link #mayBeCarrier}. */
    static final String OR_CARRIERS = ", or " + CARRIERS + " if virtual threads run on it";

    private static final String CORRAL_NAME = "corral";
    private static final String CORRAL_PACKAGE = "io.corral.";

    private static final String NO_RULE = "no rule -> ";

    private static final RuleSet RULES = rules();

    private DefaultPlace() {}

    /** Whether the thread is one of the JVM's own, to which no rule applies. */
    static boolean belongsToJvm(DumpedThread thread) {
        return thread.isCarrier() || (!thread.isVirtual() && isHelper(thread));
    }

    private static boolean isHelper(DumpedThread thread) {
        String name = thread.name();
        return JVM_NAMES.contains(name)
                || JVM_PREFIXES.stream().anyMatch(name::startsWith)
                || (thread.type() != null && JVM_CLASSES.contains(thread.type()))
                || isCorralThread(thread)
                || (DumpedThread.INNOCUOUS.equals(thread.type()) && !name.startsWith(NUMBERED));
    }

    private static boolean isCorralThread(DumpedThread thread) {
        String task = thread.task();
        return thread.name().startsWith(CORRAL_NAME)
                && task != null
                && task.startsWith(CORRAL_PACKAGE);
    }

    /**
     * The default rule that places a thread, and the place. For a thread that no rule of the user
     * matches.
     */
    static String of(DumpedThread thread) {
        if (thread.isCarrier()) {
            return NO_RULE + CARRIERS;
        }
        if (belongsToJvm(thread)) {
            return NO_RULE + "below /jvm, with the JVM's own threads";
        }
        if (!thread.isVirtual() && staysInRoot(thread)) {
            return NO_RULE + "/";
        }
        List<CheckedRule> chosen = RULES.decisions(thread);
        List<CheckedRule> users = RULES.decisions(thread.startedFromUsersContainer());
        String place = chosen.get(0).rule() + " -> " + chosen.get(0).outcome();
        return place
                + (users.isEmpty()
                        ? ", or where its starter works if that is a container of yours"
                        : "")
                + (mayBeCarrier(thread) ? OR_CARRIERS : "");
    }

    /**
     * Whether the root is the place of a platform thread: {@code main}, and the native thread into
     * which the JVM turns it when the method {@code main} has returned. No dump tells other native
     * threads from Java threads that have not begun to run.
     */
    private static boolean staysInRoot(DumpedThread thread) {
        return thread.name().equals("main")
                || (thread.name().equals("DestroyJavaVM") && thread.methods().isEmpty());
    }

    /** Also loads the rules for names, for the placeholder {@code {name}}. */
    private static RuleSet rules() {
        String source = DefaultRulesCompiler.source();
        DefaultRules.install(DefaultRulesCompiler.compile(source));
        return RulesParser.parse(DefaultRules.FILE, source).rules();
    }

    /** An idle carrier looks like the worker of a pool without a name. */
    static boolean mayBeCarrier(DumpedThread thread) {
        return DumpedThread.FORK_JOIN_WORKER.equals(thread.type())
                && thread.name().startsWith("ForkJoinPool-");
    }
}
