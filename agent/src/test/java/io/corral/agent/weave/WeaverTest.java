package io.corral.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.jdk.VirtualThreadAccess;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** When the class of virtual threads is woven. */
class WeaverTest {

    @Test
    void unusedClassOfAKnownJdkWaitsForTheFirst() {
        assertThat(Weaver.canWait(access(false), 21)).isTrue();
        assertThat(Weaver.canWait(access(false), 25)).isTrue();
    }

    @Test
    void classThatIsInUseIsWovenAtOnce() {
        assertThat(Weaver.canWait(access(true), 25)).isFalse();
    }

    /** What it lacks is to be said at the start, with nothing woven. */
    @Test
    void classOfAJdkThatNobodyHasSeenIsWovenAtOnce() {
        assertThat(Weaver.canWait(access(false), 26)).isFalse();
    }

    @Test
    void classThatCanNotBeLookedIntoIsWovenAtOnce() {
        assertThat(Weaver.canWait(null, 25)).isFalse();
    }

    private static VirtualThreadAccess access(boolean areUsed) {
        return (VirtualThreadAccess) Proxy.newProxyInstance(
                WeaverTest.class.getClassLoader(),
                new Class<?>[] {VirtualThreadAccess.class},
                (proxy, method, arguments) -> areUsed);
    }
}
