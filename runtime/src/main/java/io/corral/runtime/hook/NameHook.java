package io.corral.runtime.hook;

import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;

import org.jspecify.annotations.Nullable;

/**
 * The hook of {@code Thread.setName}. A thread that gives itself a name after its start is placed
 * again, once, by the rules that are marked {@code late}. Woven only if there is such a rule.
 */
public final class NameHook {

    /** Null while no rule is marked {@code late}. */
    private static volatile @Nullable LateRules rules;

    private static volatile @Nullable Runnable weaving;

    private NameHook() {}

    /** The rules for threads that are marked {@code late}. */
    public interface LateRules {

        /** Called on a thread that has given itself a name for the first time. */
        void named(Thread thread, Member member);
    }

    /** Called by the weaver. */
    public static void weaveBy(Runnable weaving) {
        NameHook.weaving = weaving;
    }

    /** Sets the rules from now on; null for none. Weaves the class the first time. */
    public static void rules(@Nullable LateRules rules) {
        NameHook.rules = rules;
        Runnable owed = weaving;
        if (rules != null && owed != null) {
            weaving = null;
            owed.run();
        }
    }

    /** Called at the end of {@code Thread.setName}. */
    public static void named(Thread thread) {
        LateRules known = rules;
        if (known == null || !Hooks.on || thread != Thread.currentThread()) {
            return;
        }
        try {
            Member member = Members.currentOrNull();
            if (member != null && member.firstNameIsGiven()) {
                known.named(thread, member);
            }
        } catch (Throwable failure) {
            HookFailures.PLACEMENT.report(failure);
        }
    }
}
