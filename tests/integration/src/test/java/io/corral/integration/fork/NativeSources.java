package io.corral.integration.fork;

/** C sources that are compiled at test time. They create threads without Java. */
final class NativeSources {

    /** With {@link JniThreads}: a thread that attaches, runs the task, detaches, and ends. */
    static final String JNI_THREADS = """
            #include <jni.h>
            #include <pthread.h>

            static JavaVM *vm;
            static jobject task;
            static jmethodID run;

            static void *attached(void *unused) {
                JNIEnv *env;
                if ((*vm)->AttachCurrentThread(vm, (void **) &env, NULL) != JNI_OK) {
                    return NULL;
                }
                (*env)->CallVoidMethod(env, task, run);
                (*vm)->DetachCurrentThread(vm);
                return NULL;
            }

            JNIEXPORT void JNICALL Java_io_corral_integration_fork_JniThreads_run(
                    JNIEnv *env, jclass type, jobject runnable) {
                pthread_t thread;
                (*env)->GetJavaVM(env, &vm);
                run = (*env)->GetMethodID(
                        env, (*env)->GetObjectClass(env, runnable), "run", "()V");
                task = (*env)->NewGlobalRef(env, runnable);
                if (pthread_create(&thread, NULL, attached, NULL) == 0) {
                    pthread_join(thread, NULL);
                }
                (*env)->DeleteGlobalRef(env, task);
            }
            """;

    /**
     * With {@link NativePastProgram}: one thread that burns 100 ms, attaches, runs, detaches; five
     * times.
     */
    static final String OLD_NATIVE_THREAD = """
            #include <jni.h>
            #include <pthread.h>
            #include <time.h>

            static JavaVM *vm;
            static jobject task;
            static jmethodID run;

            static long long cpu(void) {
                struct timespec now;
                clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
                return now.tv_sec * 1000000000LL + now.tv_nsec;
            }

            static void *attach_repeatedly(void *unused) {
                for (int i = 0; i < 5; i++) {
                    long long end = cpu() + 100000000LL;
                    while (cpu() < end) {
                    }
                    JNIEnv *env;
                    if ((*vm)->AttachCurrentThread(vm, (void **) &env, NULL) != JNI_OK) {
                        return NULL;
                    }
                    (*env)->CallVoidMethod(env, task, run);
                    (*vm)->DetachCurrentThread(vm);
                }
                return NULL;
            }

            JNIEXPORT void JNICALL Java_io_corral_integration_fork_NativePastProgram_run(
                    JNIEnv *env, jclass type, jobject runnable) {
                pthread_t thread;
                (*env)->GetJavaVM(env, &vm);
                run = (*env)->GetMethodID(
                        env, (*env)->GetObjectClass(env, runnable), "run", "()V");
                task = (*env)->NewGlobalRef(env, runnable);
                if (pthread_create(&thread, NULL, attach_repeatedly, NULL) == 0) {
                    pthread_join(thread, NULL);
                }
                (*env)->DeleteGlobalRef(env, task);
            }
            """;

    /** A thread whose function is Java: it attaches with the call, and detaches as it ends. */
    static final String UPCALL_THREADS = """
            import static java.lang.foreign.ValueLayout.ADDRESS;
            import static java.lang.foreign.ValueLayout.JAVA_INT;
            import static java.lang.foreign.ValueLayout.JAVA_LONG;

            import java.lang.foreign.Arena;
            import java.lang.foreign.FunctionDescriptor;
            import java.lang.foreign.Linker;
            import java.lang.foreign.MemorySegment;
            import java.lang.invoke.MethodHandle;
            import java.lang.invoke.MethodHandles;
            import java.lang.invoke.MethodType;
            import java.util.function.Consumer;

            public final class UpcallThreads implements Consumer<Runnable> {
                private static final Linker LINKER = Linker.nativeLinker();
                private static final MethodHandle CREATE = function(
                        "pthread_create",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
                private static final MethodHandle JOIN = function(
                        "pthread_join", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
                private static volatile Runnable task;

                private static MethodHandle function(String name, FunctionDescriptor type) {
                    return LINKER.downcallHandle(
                            LINKER.defaultLookup().find(name).orElseThrow(), type);
                }

                private static MemorySegment attached(MemorySegment unused) {
                    task.run();
                    return MemorySegment.NULL;
                }

                @Override
                public void accept(Runnable runnable) {
                    task = runnable;
                    try (Arena arena = Arena.ofConfined()) {
                        MethodHandle entry = MethodHandles.lookup().findStatic(
                                UpcallThreads.class,
                                "attached",
                                MethodType.methodType(MemorySegment.class, MemorySegment.class));
                        MemorySegment stub = LINKER.upcallStub(
                                entry, FunctionDescriptor.of(ADDRESS, ADDRESS), arena);
                        MemorySegment thread = arena.allocate(JAVA_LONG);
                        int failed = (int) CREATE.invokeExact(
                                thread, MemorySegment.NULL, stub, MemorySegment.NULL);
                        if (failed != 0
                                || (int) JOIN.invokeExact(
                                        thread.get(JAVA_LONG, 0), MemorySegment.NULL) != 0) {
                            throw new IllegalStateException("pthread");
                        }
                    } catch (RuntimeException | Error failure) {
                        throw failure;
                    } catch (Throwable failure) {
                        throw new IllegalStateException(failure);
                    }
                }
            }
            """;

    private NativeSources() {}
}
