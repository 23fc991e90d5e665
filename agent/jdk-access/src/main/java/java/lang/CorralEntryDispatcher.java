package java.lang;

import io.corral.runtime.hook.EntryHook;

/**
 * Woven methods of the application call the hook through this class, since every class loader and
 * every module finds {@code java.lang}.
 */
public final class CorralEntryDispatcher {

    private CorralEntryDispatcher() {}

    public static Object enter(int site, Class<?> type, Object self, Object[] arguments) {
        return EntryHook.enter(site, type, self, arguments);
    }

    public static void exit(Object entered) {
        EntryHook.exit(entered);
    }
}
