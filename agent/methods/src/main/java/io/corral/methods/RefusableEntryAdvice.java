package io.corral.methods;

import io.corral.runtime.hook.EntryHook;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

import org.jspecify.annotations.Nullable;

/**
 * As {@link EntryAdvice}, for methods of servers that can answer for a request that a limit
 * refuses: then the method's body is skipped. The mate of the hook, which takes its place, returns
 * an object of its own class to tell so.
 */
final class RefusableEntryAdvice {

    private RefusableEntryAdvice() {}

    @Advice.OnMethodEnter(skipOn = EntryHook.class, suppress = Throwable.class)
    static @Nullable Object enter(
            @SiteNumber int site,
            @Advice.Origin Class<?> type,
            @Advice.This(optional = true) @Nullable Object self,
            @Advice.AllArguments @Nullable Object[] arguments) {
        return EntryHook.enter(site, type, self, arguments);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
            @Advice.Enter @Nullable Object entered,
            @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) @Nullable Object returned) {
        if (entered instanceof EntryHook) {
            returned = EntryHook.result(entered);
        } else {
            EntryHook.exit(entered);
        }
    }
}
