package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.rules.file.LoggedLines;
import io.corral.rules.file.RuleError;
import io.corral.rules.file.RulesParser;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Placeholders that read what the thread carries: static members and diagnostic contexts. */
class AmbientPlaceholdersTest {

    private static final String TENANTS = "io.corral.rules.methods.AmbientPlaceholdersTest$Tenants";

    @TempDir
    private Path folder;

    /** An application's holder of the tenant. */
    public static class Tenants extends Inherited {

        static final Tenant FIXED = new Tenant("fixed");
        private static @Nullable String none;

        public static Tenant current() {
            return new Tenant("acme");
        }

        private static String hidden() {
            return "hidden";
        }

        static @Nullable String absent() {
            return none;
        }

        static Optional<Tenant> maybe() {
            return Optional.of(new Tenant("maybe"));
        }

        static String of(String key) {
            return "value of " + key;
        }

        static String anything(Object key) {
            return "anything " + key;
        }

        static String failing() throws IOException {
            throw new IOException("the store is closed");
        }

        static String failingHard() {
            throw new StackOverflowError();
        }

        static void nothing() {}

        String notStatic() {
            return "";
        }
    }

    static class Inherited {
        static String inherited() {
            return "inherited";
        }
    }

    record Tenant(String id) {}

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            current().id};             acme
            hidden()};                 hidden
            maybe().id};               maybe
            of(a key)};                value of a key
            anything(x)};              anything x
            inherited()};              inherited
            FIXED.id};                 fixed
            """)
    void staticMemberIsRead(String member, String expected) {
        assertThat(placed("\"/ambient-test/{" + TENANTS + "#" + member + "\""))
                .containsExactly("main:/ambient-test/" + expected);
    }

    /** It may be known later, such as after the filters of a server. */
    @ParameterizedTest
    @ValueSource(strings = {"#absent()}", "#none}", "#absent().length}"})
    void absentValueIsLeftToTheNextRuleWithoutALine(String member) {
        assertThat(placed("/ambient-test/{" + TENANTS + member)).containsExactly("null");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            failing()};      failing has thrown java.io.IOException: the store is closed
            failingHard()};  has thrown java.lang.StackOverflowError
            notStatic()};    $Tenants has no static method "notStatic()" that can be read
            nothing()};      $Tenants has no static method "nothing()" that can be read
            current};        $Tenants has no static field "current" that can be read
            missing(a)};     $Tenants has no static method "missing(a)" that can be read
            """)
    void failureIsReportedOnceAndTheRuleDoesNotMatch(String member, String message) {
        List<String> lines = placed("/ambient-test/{" + TENANTS + "#" + member);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("f:1: ").contains(message);
        assertThat(lines.get(1)).isEqualTo("null");
    }

    @Test
    void classThatIsNotThereIsReportedOnce() {
        List<String> lines = placed("/ambient-test/{com.acme.Absent#current()}");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).endsWith("(logged once): there is no class com.acme.Absent");
    }

    @Test
    void applicationWithoutALoggingLibraryIsReportedOnce() throws Exception {
        List<String> lines = placed("/ambient-test/{mdc.tenant}", inside(application()));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .endsWith("{mdc.tenant}: the application has neither SLF4J nor Log4j's API");
    }

    private static final String LOG4J = """
            package org.apache.logging.log4j;
            public class ThreadContext {
                public static String get(String key) {
                    return key.equals("tenant") ? "of log4j" : null;
                }
            }
            """;

    @ParameterizedTest
    @CsvSource({"tenant, main:/ambient-test/of slf4j", "other, null"})
    void diagnosticContextOfSlf4jIsReadFirst(String key, String expected) throws Exception {
        ClassLoader application = application("""
                package org.slf4j;
                public class MDC {
                    public static String get(String key) {
                        return key.equals("tenant") ? "of slf4j" : null;
                    }
                }
                """, LOG4J);
        assertThat(placed("/ambient-test/{mdc." + key + "}", inside(application)))
                .containsExactly(expected);
    }

    /** An application may use Log4j's API while a library of it brings SLF4J's. */
    @Test
    void diagnosticContextOfLog4jIsReadIfSlf4jHasNoValue() throws Exception {
        String slf4j = "package org.slf4j; public class MDC {"
                + " public static String get(String key) { return null; } }";
        assertThat(placed("/ambient-test/{mdc.tenant}", inside(application(slf4j, LOG4J))))
                .containsExactly("main:/ambient-test/of log4j");
        assertThat(placed("/ambient-test/{mdc.tenant}", inside(application(LOG4J))))
                .containsExactly("main:/ambient-test/of log4j");
    }

    @Test
    void diagnosticContextThatThrowsIsReportedOnce() throws Exception {
        ClassLoader application = application("package org.slf4j; public class MDC {"
                + " public static String get(String key) {"
                + " throw new IllegalStateException(\"MDCAdapter cannot be null\"); } }");
        List<String> lines = placed("/ambient-test/{mdc.tenant}", inside(application));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .endsWith("{mdc.tenant} has thrown java.lang.IllegalStateException:"
                        + " MDCAdapter cannot be null");
        assertThat(lines.get(1)).isEqualTo("null");
    }

    /** Two applications in one server have a class of the same name each. */
    @Test
    void classIsTheOneOfTheApplicationThatIsRunning() throws Exception {
        String tenants = "package com.acme; public class Tenants {"
                + " public static String current() { return \"%s\"; } }";
        ClassLoader one = application(String.format(tenants, "one"));
        ClassLoader two = application(String.format(tenants, "two"));
        EntryRuleSet rules = rules("enter a.B#c -> /ambient-test/{com.acme.Tenants#current()}");
        int site = rules.site("a.B", List.of(), "c", List.of());
        assertThat(destination(rules, site, inside(one))).isEqualTo("main:/ambient-test/one");
        assertThat(destination(rules, site, inside(two))).isEqualTo("main:/ambient-test/two");
        Thread.currentThread().setContextClassLoader(one);
        try {
            assertThat(placed(rules, site, inside(two))).isEqualTo("main:/ambient-test/two");
            assertThat(placed(rules, site, Object.class)).isEqualTo("main:/ambient-test/one");
        } finally {
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        }
    }

    @Test
    void ruleKeepsNoApplicationFromBeingUnloaded() throws Exception {
        EntryRuleSet rules = rules("enter a.B#c -> /ambient-test/{com.acme.Tenants#current()}");
        WeakReference<ClassLoader> application = called(rules);
        AtomicInteger attempts = new AtomicInteger();
        while (application.get() != null && attempts.incrementAndGet() < 50) {
            System.gc();
        }
        assertThat(application.get()).isNull();
        assertThat(rules.unused()).isEmpty();
    }

    private WeakReference<ClassLoader> called(EntryRuleSet rules) throws Exception {
        ClassLoader application = application("package com.acme; public class Tenants {"
                + " public static String current() { return \"one\"; } }");
        int site = rules.site("a.B", List.of(), "c", List.of());
        assertThat(destination(rules, site, inside(application)))
                .isEqualTo("main:/ambient-test/one");
        ((URLClassLoader) application).close();
        return new WeakReference<>(application);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            enter a.B#c  -> /x/{a.B#};           20; unknown placeholder {a.B#}; expected {0} for
            enter a.B#c  -> /x/{a.B#c(};         20; unknown placeholder {a.B#c(}; expected {0} for
            enter a.B#c  -> /x/{#c()};           20; unknown placeholder {#c()}; expected {0} for
            enter a.B#c  -> /x/{a.B#c().};       20; unknown placeholder {a.B#c().};
            enter a.B#c  -> /x/{mdc.};           20; unknown placeholder {mdc.}; expected {0} for
            enter a.B#c  -> /x/{principal};      20; {principal} is for rules that begin with \
            enter http; expected {0} for the first argument
            enter a.B#c  -> /x/{path.1};         20; {path.1} is for rules that begin with \
            enter http; expected
            enter a.B#c  -> /x/{captured.a};     20; {captured.a} is for rules that begin with \
            enter lambda; expected {0} for the first argument, {this}, values in them
            enter http  -> /x/{path.0};          19; unknown placeholder {path.0}; expected
            enter http  -> /x/{cookie.};         19; {cookie.} has no name; expected
            enter http  -> /x/{captured.0};      19; {captured.0} is for rules that begin with
            enter http  -> /x/{metadata.a};      19; {metadata.a} is for rules that begin with \
            enter grpc; expected
            enter grpc  -> /x/{principal};       19; {principal} is for rules that begin with \
            enter http; expected {grpc.method}, {metadata.NAME}, {mdc.KEY}
            enter grpc  -> /x/{tenant};          19; unknown placeholder {tenant}; expected
            thread a  -> /x/{mdc.a};             17; unknown placeholder {mdc.a}; expected
            """)
    void errorSaysWhereAPlaceholderIsValid(String rule, int column, String what) {
        List<RuleError> errors = RulesParser.parse("f", rule).errors();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).what()).startsWith(what);
        assertThat(errors.get(0).column()).isEqualTo(column);
    }

    private static EntryRuleSet rules(String text) {
        RulesParser.Parsed parsed = RulesParser.parse("f", text);
        assertThat(parsed.errors()).isEmpty();
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(parsed.rules().entries());
        return rules;
    }

    private static List<String> placed(String path) {
        return placed(path, AmbientPlaceholdersTest.class);
    }

    /** The lines that were logged for two executions, and the container of the last one. */
    private static List<String> placed(String path, Class<?> type) {
        EntryRuleSet rules = rules("enter a.B#c -> " + path);
        int site = rules.site("a.B", List.of(), "c", List.of());
        String[] destination = new String[1];
        List<String> lines = LoggedLines.during(() -> {
            for (int i = 0; i < 2; i++) {
                destination[0] = destination(rules, site, type);
            }
        });
        lines.add(destination[0]);
        return lines;
    }

    /** The libraries of this test are not those of the application. */
    private static String destination(EntryRuleSet rules, int site, Class<?> type) {
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        if (type.getClassLoader() != null) {
            thread.setContextClassLoader(type.getClassLoader());
        }
        try {
            return placed(rules, site, type);
        } finally {
            thread.setContextClassLoader(context);
        }
    }

    private static String placed(EntryRuleSet rules, int site, Class<?> type) {
        return String.valueOf(rules.destination(site, type, null, new Object[0], null));
    }

    /** A class loader with classes of these sources, and one for a method that rules name. */
    private ClassLoader application(String... sources) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        int count = 0;
        for (String source : sources) {
            compile(classes, count++, source);
        }
        compile(classes, count, "package a; public class B {}");
        return new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    private void compile(Path classes, int number, String source) throws IOException {
        String name = source.replaceAll("(?s).*public class (\\w+).*", "$1");
        Path file = Files.createDirectories(
                        classes.resolveSibling(classes.getFileName() + "-" + number))
                .resolve(name + ".java");
        Files.writeString(file, source);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), file.toString()))
                .isZero();
    }

    private static Class<?> inside(ClassLoader application) throws ClassNotFoundException {
        return Class.forName("a.B", false, application);
    }
}
