using ChatOps.Agent.Commands;
using ChatOps.Agent.Context;
using ChatOps.Agent.Memory;
using ChatOps.Agent.Models;
using ChatOps.Agent.Replay;
using ChatOps.Agent.Speech;
using ChatOps.Agent.Turns;
using ChatOps.Agent.Turns.Loop;
using ChatOps.Channels;
using ChatOps.Checks;
using ChatOps.Diagnostics;
using ChatOps.Memory;
using ChatOps.Messages;
using ChatOps.Models;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Agent;

/// <summary>Registers conversations, turns and the grammar of commands.</summary>
public static class AgentRegistration
{
    /// <summary>Adds them. Turns that run when the host stops get <see cref="AgentOptions.DrainTime"/>: give the host's shutdown more than that.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The options.</param>
    /// <param name="speech">Who listens to voice notes; null for nobody.</param>
    /// <param name="models">The models that answer free text; null for none.</param>
    /// <param name="context">Where the workspace is; null for <c>workspace</c> in the working directory.</param>
    public static IServiceCollection AddAgent(
        this IServiceCollection services, AgentOptions options, SpeechOptions? speech = null, ModelsOptions? models = null, ContextOptions? context = null)
    {
        services.AddMetrics();
        return services.AddSingleton(options).AddCommands().AddContext(context ?? new ContextOptions()).AddTurns().AddWorking(options).AddReplay().AddSpeech(speech ?? new SpeechOptions()).AddModels(models ?? new ModelsOptions());
    }

    private static IServiceCollection AddCommands(this IServiceCollection services) => services
        .AddSingleton(provider => new ChatCommandLine(provider.GetRequiredService<IToolCatalogue>().BuiltIn))
        .AddSingleton<ICommandReader, CommandReader>()
        .AddSingleton<VisibleCommands>()
        .AddSingleton<CompletionValues>()
        .AddSingleton<ICommandCompletion, CommandCompletion>()
        .AddSingleton<IChannelCommands, ChannelCommands>();

    private static IServiceCollection AddContext(this IServiceCollection services, ContextOptions options) => services
        .AddSingleton(options)
        .AddSingleton<WorkspaceTexts>()
        .AddSingleton<IHealthPart, WorkspaceHealth>()
        .AddSingleton<MemoryScan>()
        .AddSingleton<MemoryDirectory>()
        .AddSingleton<MemoryConsolidation>()
        .AddSingleton<IMemory, WorkspaceMemory>()
        .AddSingleton<RememberedText>()
        .AddSingleton<SystemPrompt>()
        .AddSingleton<ContextRoom>()
        .AddSingleton<Digester>()
        .AddSingleton<ITurnContext, TurnContext>();

    private static IServiceCollection AddReplay(this IServiceCollection services) => services
        .AddSingleton<ReplayVerdicts>()
        .AddSingleton<ReplayModel>()
        .AddSingleton<Replays>()
        .AddSingleton<IReplays>(provider => new LateReplays(new(provider.GetRequiredService<Replays>)));

    private static IServiceCollection AddTurns(this IServiceCollection services) => services
        .AddSingleton<InboundChanges>()
        .AddSingleton<RunningTurns>()
        .AddSingleton<StopsInFlight>()
        .AddSingleton<TurnStore>()
        .AddSingleton<TurnMetrics>()
        .AddSingleton<MessageLimits>()
        .AddSingleton<WorkingMessages>()
        .AddSingleton<StopCommand>()
        .AddSingleton<OutOfTurn>()
        .AddSingleton<ConversationCommands>()
        .AddSingleton<ToolTurn>()
        .AddSingleton<CommandTurn>()
        .AddSingleton<VoiceTurn>()
        .AddSingleton<CommandHint>()
        .AddSingleton<ToolFunctions>()
        .AddSingleton<ModelMessage>()
        .AddSingleton<ToolResultText>()
        .AddSingleton<ToolCalls>()
        .AddSingleton<ModelTurn>()
        .AddSingleton<IFreeText, FreeText>()
        .AddSingleton<TurnRunner>()
        .AddSingleton<ConversationWorker>()
        .AddSingleton<TurnScheduler>()
        .AddSingleton<IInvestigations, Investigations.Investigations>()
        .AddSingleton<IHealthPart, TurnHealth>();

    private static IServiceCollection AddWorking(this IServiceCollection services, AgentOptions options) => !options.Works ? services : services
        .AddHostedService(provider => provider.GetRequiredService<TurnScheduler>())
        .AddMessageHandler<MessageAccepted, MessageAcceptedHandler>()
        .AddMessageHandler<TurnStopAsked, TurnStopAskedHandler>()
        .AddMessageHandler<InvocationFinished, SuspendedTurns>()
        .AddSingleton<IRecoverySweep>(provider => provider.GetRequiredService<SuspendedTurns>())
        .AddMessageHandler<BudgetsChanged, PausedTurns>()
        .AddSingleton<IRecoverySweep>(provider => provider.GetRequiredService<PausedTurns>());
}
