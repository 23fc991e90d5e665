package io.corral.junit;

import io.corral.Usage;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.function.Executable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Measures test methods, compares them with their budgets, and resolves {@link Measured}. */
public final class CorralExtension implements InvocationInterceptor, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(CorralExtension.class);

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> call,
            ExtensionContext context)
            throws Throwable {
        measure(invocation, call, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> call,
            ExtensionContext context)
            throws Throwable {
        measure(invocation, call, context);
    }

    /** Each dynamic test has the budgets of its {@code @TestFactory} method. */
    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation,
            DynamicTestInvocationContext test,
            ExtensionContext context)
            throws Throwable {
        Optional<ExtensionContext> factory = Optional.of(context);
        while (factory.isPresent() && factory.get().getTestMethod().isEmpty()) {
            factory = factory.get().getParent();
        }
        if (factory.isEmpty()) {
            invocation.proceed();
            return;
        }
        Budget budget = Budget.of(
                factory.get().getRequiredTestClass(), factory.get().getRequiredTestMethod());
        measure(budget, !budget.isEmpty(), test.getExecutable(), invocation, context);
    }

    private static void measure(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> call,
            ExtensionContext context)
            throws Throwable {
        Budget budget = Budget.of(call.getTargetClass(), call.getExecutable());
        measure(
                budget,
                !budget.isEmpty() || hasMeasuredParameter(call.getExecutable()),
                () -> ReflectionSupport.invokeMethod(
                        call.getExecutable(),
                        call.getTarget().orElse(null),
                        call.getArguments().toArray()),
                invocation,
                context);
    }

    /** @param warmup calls the test method; an invocation can proceed only once */
    private static void measure(
            Budget budget,
            boolean needsAgent,
            Executable warmup,
            Invocation<Void> invocation,
            ExtensionContext context)
            throws Throwable {
        if (needsAgent) {
            TestMeasurement.requireAgent();
        }
        for (int i = 0; i < budget.warmups(); i++) {
            warmup.execute();
        }
        Usage usage = measurement(context).runTest(invocation::proceed);
        budget.check(usage);
    }

    private static boolean hasMeasuredParameter(Method test) {
        return Arrays.asList(test.getParameterTypes()).contains(Measured.class);
    }

    private static TestMeasurement measurement(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        TestMeasurement.class,
                        unused -> new TestMeasurement(),
                        TestMeasurement.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Measured.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean isOfTest = context.getTestMethod()
                .filter(parameter.getDeclaringExecutable()::equals)
                .isPresent();
        if (!isOfTest
                && !AnnotationSupport.isAnnotated(
                        parameter.getDeclaringExecutable(), AfterEach.class)) {
            throw new ParameterResolutionException(
                    "Measured is a parameter of test methods and of methods with @AfterEach");
        }
        return measurement(context);
    }
}
