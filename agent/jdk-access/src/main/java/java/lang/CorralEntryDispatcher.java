package java.lang;

import io.corral.runtime.control.Refused;
import io.corral.runtime.hook.EntryHook;

/**
 * Woven methods of the application call the hook through this class, since every class loader and
 * every module finds {@code java.lang}. An object of it tells a woven method to skip its body.
 */
public final class CorralEntryDispatcher {

    /** What the skipped method returns. */
    private final Object result;

    private CorralEntryDispatcher(Object result) {
        this.result = result;
    }

    public static Object enter(int site, Class<?> type, Object self, Object[] arguments) {
        Object entered = EntryHook.enter(site, type, self, arguments);
        return entered instanceof Refused
                ? new CorralEntryDispatcher(((Refused) entered).result())
                : entered;
    }

    /** What a method returns whose body was skipped. */
    public static Object result(Object entered) {
        return ((CorralEntryDispatcher) entered).result;
    }

    public static void exit(Object entered) {
        EntryHook.exit(entered);
    }
}
