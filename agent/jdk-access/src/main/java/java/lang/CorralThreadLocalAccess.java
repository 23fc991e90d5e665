package java.lang;

import io.corral.runtime.jdk.ThreadLocalAccess;

/** Nest mate of {@link ThreadLocal}. */
final class CorralThreadLocalAccess implements ThreadLocalAccess {

    @Override
    public Object valueOrNull(ThreadLocal<?> variable) {
        ThreadLocal.ThreadLocalMap map = variable.getMap(Thread.currentThread());
        ThreadLocal.ThreadLocalMap.Entry entry = map == null ? null : map.getEntry(variable);
        return entry == null ? null : entry.value;
    }
}
