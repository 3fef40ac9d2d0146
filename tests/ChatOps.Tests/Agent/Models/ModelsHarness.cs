using System.Collections.Concurrent;
using ChatOps.Agent.Models;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Agent.Models;

/// <summary>The real models against loopback servers, with everything that was logged.</summary>
internal sealed class ModelsHarness : IAsyncDisposable
{
    public static readonly ModelPayer Ada = new("ada", "web:ada", null);

    private readonly ServiceProvider services;
    private readonly TempDirectory directory = new();
    private readonly ListLoggerProvider log = new();
    private readonly Task ready;

    public ModelsHarness(ModelsOptions options, TimeProvider? time = null)
    {
        options.RetryDelay = TimeSpan.FromMilliseconds(1);
        services = new ServiceCollection()
            .AddLogging(b => b.AddProvider(log).SetMinimumLevel(LogLevel.Trace))
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton<IIdGenerator, IdGenerator>()
            .AddSingleton<IMessageBus, FakeMessageBus>()
            .AddStorage(new StorageOptions { DataDirectory = directory.Path })
            .AddSecrets(new SecretsOptions { Key = new byte[SecretsOptions.MinKeyLength] })
            .AddModels(options)
            .BuildServiceProvider();
        Models = services.GetRequiredService<IModels>();
        ready = services.GetRequiredService<IStoreInitializer>().InitializeAsync(CancellationToken.None);
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public IRecoverySweep Sweep(string name) => services.GetServices<IRecoverySweep>().Single(s => s.Name == name);

    public IModels Models { get; }

    public ConfiguredModels Configured => services.GetRequiredService<ConfiguredModels>();

    public IReadOnlyCollection<string> Log => log.Lines;

    /// <summary>The texts that were shown in the last step.</summary>
    public ConcurrentQueue<string> Shown { get; private set; } = new();

    public string ShownText => string.Concat(Shown);

    public static ModelOptions Entry(ModelServer server, string provider = "openai", string name = "main")
    {
        var entry = new ModelOptions
        {
            Name = name, Provider = provider, Model = "scripted", BaseUrl = provider == "anthropic" ? server.Root : server.OpenAiUrl, ApiKey = server.Key,
            Timeout = TimeSpan.FromMinutes(1), FirstTokenTimeout = TimeSpan.FromSeconds(30),
        };
        (entry.Prices.Input, entry.Prices.Output) = (1, 10);
        return entry;
    }

    public static ModelsOptions Options(params ModelOptions[] entries)
    {
        var options = new ModelsOptions();
        foreach (var entry in entries) options.Endpoints.Add(entry);
        return options;
    }

    public static ModelRequest Ask(string text, params AITool[] tools) => Ask([new(ChatRole.System, "You help."), new(ChatRole.User, text)], tools);

    public static ModelRequest Ask(IReadOnlyList<ChatMessage> messages, params AITool[] tools) => new(null, messages, tools, Ada);

    public async Task<ModelStep> StepAsync(ModelRequest request, CancellationToken cancellationToken)
    {
        var shown = Shown = new();
        await ready;
        return await Models.StepAsync(request, shown.Enqueue, cancellationToken);
    }

    public async Task<ModelException> FailAsync(ModelRequest request, CancellationToken cancellationToken) =>
        await Assert.ThrowsAsync<ModelException>(() => StepAsync(request, cancellationToken));

    public async Task<T> ReadAsync<T>(Func<IStoreSession, T> work)
    {
        await ready;
        return await Get<IStore>().ReadAsync(work, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await ready;
        await services.DisposeAsync();
        directory.Dispose();
    }

    private sealed class ListLoggerProvider : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
