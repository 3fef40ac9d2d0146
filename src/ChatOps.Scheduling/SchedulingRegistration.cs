using ChatOps.Channels;
using ChatOps.Checks;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Models;
using ChatOps.Scheduling.Book;
using ChatOps.Scheduling.Engine;
using ChatOps.Scheduling.Files;
using ChatOps.Scheduling.Times;
using ChatOps.Scheduling.Work;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Scheduling;

/// <summary>Registers schedules.</summary>
public static class SchedulingRegistration
{
    /// <summary>Adds them. Other kinds of work join by registering an <see cref="IScheduledWork"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The options.</param>
    public static IServiceCollection AddScheduling(this IServiceCollection services, SchedulingOptions options) => services
        .AddSingleton(options)
        .AddSingleton<ConversationPlaces>()
        // The gate has tools that keep schedules, and commands at their time go through the gate: what works is asked for when it is needed.
        .AddSingleton(provider => new Lazy<IEnumerable<IScheduledWork>>(provider.GetServices<IScheduledWork>))
        .AddSingleton<ScheduleDraft>()
        .AddSingleton<ScheduleFileProblems>()
        .AddSingleton<ISchedules, ScheduleBook>()
        .AddSingleton(provider => new Lazy<IChecks>(provider.GetRequiredService<IChecks>))
        .AddSingleton(provider => new Lazy<IModelSetup>(provider.GetRequiredService<IModelSetup>))
        .AddSingleton<SettingsSchedules>()
        .AddSingleton<IHeartbeat, HeartbeatFile>()
        .AddSingleton<AskedTurns>()
        .AddSingleton<HeldPrompts>()
        .AddSingleton<CommandWork>()
        .AddSingleton<IScheduledWork>(provider => provider.GetRequiredService<CommandWork>())
        .AddSingleton<IScheduledWork, PromptWork>()
        .AddSingleton<IScheduledWork, ChecksWork>()
        .AddSingleton<IScheduledWork, ReportWork>()
        .AddSingleton<IScheduledWork, HeartbeatWork>()
        .AddSingleton<Wake>()
        .AddSingleton<SchedulerIdentity>()
        .AddSingleton<RunEnds>()
        .AddSingleton<RunStops>()
        .AddSingleton<DueTicks>()
        .AddSingleton<DueRuns>()
        .AddSingleton<RunPool>()
        .AddSingleton<RunLeases>()
        .AddSingleton<AwaitedRuns>()
        .AddSingleton<IInboundObserver>(provider => provider.GetRequiredService<AwaitedRuns>())
        .AddSingleton<ScheduleRunner>()
        .AddSingleton<SchedulerStart>()
        .AddSingleton<IRecoverySweep>(provider => provider.GetRequiredService<SchedulerStart>())
        .AddMessageHandler<SchedulesChanged, SchedulesChangedHandler>()
        .AddMessageHandler<InvocationFinished, AwaitedRuns>()
        .AddSingleton<IHealthPart, SchedulesHealth>()
        .AddRunning(options);

    // A command's own gateway lives for moments and leaves it to one that stays.
    private static IServiceCollection AddRunning(this IServiceCollection services, SchedulingOptions options) =>
        options.Runs ? services.AddHostedService<ScheduleFiles>().AddHostedService<Scheduler>() : services;

    /// <summary>When a schedule is due next, counted from a time: for a store that was restored, in which missed times are not made up for.</summary>
    /// <exception cref="FormatException">Its times cannot be read; the message is for people.</exception>
    public static DateTimeOffset? NextTime(ScheduleRow row, DateTimeOffset after) => WhenText.Read(row.Schedule, row.CreatedAt).Next(after);
}
