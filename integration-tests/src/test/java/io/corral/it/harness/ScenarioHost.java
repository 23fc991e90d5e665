package io.corral.it.harness;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs in the forked JVM: the scenarios of classes, one after the other. The names of the classes
 * come on standard input. Prints a line for each outcome, and one at the end of each class.
 */
public final class ScenarioHost {

    static final String OK = "@@ok ";
    static final String FAILED = "@@failed ";
    static final String END = "@@end";

    private ScenarioHost() {}

    public static void main(String[] arguments) throws Exception {
        BufferedReader names =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            runAll(Class.forName(name));
            // Prints the agent's lines about this class before the line that ends the class.
            System.err.println(END);
            System.out.println(END);
            System.out.flush();
        }
        // A scenario that failed may have left threads.
        System.exit(0);
    }

    private static void runAll(Class<?> scenarios) {
        List<Method> methods = new ArrayList<>(Arrays.asList(scenarios.getDeclaredMethods()));
        methods.removeIf(method -> !method.isAnnotationPresent(Scenario.class));
        methods.sort(Comparator.comparing(Method::getName));
        for (Method method : methods) {
            if (method.getAnnotation(Scenario.class).since()
                    <= Runtime.version().feature()) {
                runForEachKind(method);
            }
        }
    }

    private static void runForEachKind(Method method) {
        method.setAccessible(true);
        if (method.getParameterCount() == 0) {
            run(method, method.getName());
            return;
        }
        for (ThreadKind kind : ThreadKind.values()) {
            if (kind.isHere()) {
                run(method, method.getName() + "[" + kind.name().toLowerCase() + "]", kind);
            }
        }
    }

    private static void run(Method method, String name, Object... arguments) {
        Throwable failure = failureOf(method, arguments);
        if (failure == null) {
            System.out.println(OK + name);
        } else {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            byte[] bytes = trace.toString().getBytes(StandardCharsets.UTF_8);
            System.out.println(FAILED + name + " " + Base64.getEncoder().encodeToString(bytes));
        }
        System.out.flush();
    }

    private static @Nullable Throwable failureOf(Method method, Object... arguments) {
        try {
            method.invoke(null, arguments);
            return null;
        } catch (InvocationTargetException failure) {
            return failure.getCause();
        } catch (ReflectiveOperationException | RuntimeException failure) {
            return failure;
        }
    }
}
