package io.corral.methods;

import io.corral.runtime.hook.EntryHook;

import net.bytebuddy.asm.Advice;

import org.jspecify.annotations.Nullable;

/**
 * The code that is copied into woven methods. It is never called here. The packager replaces the
 * hook by {@code java.lang.CorralEntryDispatcher}, which calls it.
 */
final class EntryAdvice {

    private EntryAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
            @SiteNumber int site,
            @Advice.Origin Class<?> type,
            @Advice.This(optional = true) @Nullable Object self,
            @Advice.AllArguments @Nullable Object[] arguments) {
        return EntryHook.enter(site, type, self, arguments);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object entered) {
        EntryHook.exit(entered);
    }
}
