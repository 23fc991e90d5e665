package io.corral.runtime.hook;

import io.corral.Scope;
import io.corral.runtime.container.Destination;
import io.corral.runtime.control.Door;
import io.corral.runtime.control.FairThreads;
import io.corral.runtime.control.LimitSwitch;
import io.corral.runtime.control.Refused;
import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.placement.EntryRules;
import io.corral.runtime.thread.EnteredScope;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;

import org.jspecify.annotations.Nullable;

/**
 * The hook of methods that rules name. Woven methods call it through a class of {@code java.lang},
 * since some class loaders find no other class of the boot loader.
 */
public final class EntryHook {

    private static volatile @Nullable EntryRules rules;

    private EntryHook() {}

    /** Sets the rules from now on; null for none. */
    public static void rules(@Nullable EntryRules rules) {
        EntryHook.rules = rules;
    }

    /**
     * Called at the method's entry.
     *
     * @param type the class that has the method
     * @return for {@link #exit}; null if there is nothing to do; {@link Refused} if the method must
     *     be skipped
     */
    public static @Nullable Object enter(
            int site, Class<?> type, @Nullable Object self, @Nullable Object[] arguments) {
        EntryRules known = rules;
        if (known == null || !Hooks.on) {
            return null;
        }
        try {
            Member member = Members.currentOrNull();
            // Requests of an exporter, and requests to it, do not belong to the application.
            return member == null || CorralThread.isOfExporter(Thread.currentThread())
                    ? null
                    : enter(known, member, site, type, self, arguments);
        } catch (Throwable failure) {
            HookFailures.ENTRY.report(failure);
            return null;
        }
    }

    /** Marks the thread, since a placeholder may call another woven method of the application. */
    private static @Nullable Object enter(
            EntryRules known,
            Member member,
            int site,
            Class<?> type,
            @Nullable Object self,
            @Nullable Object[] arguments) {
        if (!member.enterRule()) {
            return null;
        }
        Destination destination;
        try {
            destination =
                    known.destination(site, type, self, arguments, member.innermostDestination());
        } finally {
            member.leaveRule();
        }
        if (destination == null) {
            return null;
        }
        if (destination instanceof EntryRules.Lasting lasting && lasting.outlastsMethod()) {
            EnteredScope.open(member, destination);
            return null;
        }
        if (destination instanceof EntryRules.Skipped skipped) {
            return skipped.refused();
        }
        if (!LimitSwitch.isOn()) {
            return EnteredScope.open(member, destination);
        }
        Object entered = Door.enter(member, destination, known.mayWait(site));
        try {
            FairThreads.entered(member);
        } catch (StackOverflowError noStack) {
            // The scope is open, and must be closed at the method's end.
        }
        return entered;
    }

    /**
     * Called where a method returns whose body was skipped.
     *
     * @param entered the result of {@link #enter}, {@link Refused}
     * @return what the method must return
     */
    public static @Nullable Object result(Object entered) {
        return ((Refused) entered).result();
    }

    /**
     * Called where the method returns, or throws.
     *
     * @param entered the result of {@link #enter}, unless the method was skipped
     */
    public static void exit(@Nullable Object entered) {
        if (entered == null) {
            return;
        }
        try {
            ((Scope) entered).close();
        } catch (Throwable failure) {
            HookFailures.ENTRY.report(failure);
        }
    }
}
