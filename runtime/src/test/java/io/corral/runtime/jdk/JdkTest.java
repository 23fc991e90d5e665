package io.corral.runtime.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JdkTest {

    private final Thread thread = new Thread("worker-1");

    @Test
    void titleOfAThreadIsItsName() {
        assertThat(Jdk.title(thread)).isEqualTo("\"worker-1\"");
    }

    @Test
    void titleOfAThreadWithoutANameIsItsId() {
        thread.setName("");
        assertThat(Jdk.title(thread)).isEqualTo("#" + thread.getId());
    }
}
