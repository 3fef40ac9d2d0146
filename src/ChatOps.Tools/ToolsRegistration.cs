using ChatOps.Checks;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Outside;
using ChatOps.Tools.Access;
using ChatOps.Tools.ApprovalTools;
using ChatOps.Tools.AuditTools;
using ChatOps.Tools.Checks;
using ChatOps.Tools.Cost;
using ChatOps.Tools.DeadLetters;
using ChatOps.Tools.Facts;
using ChatOps.Tools.Files;
using ChatOps.Tools.FleetTools;
using ChatOps.Tools.Gate;
using ChatOps.Tools.Halts;
using ChatOps.Tools.Incidents;
using ChatOps.Jobs;
using ChatOps.Tools.Jobs;
using ChatOps.Tools.Logs;
using ChatOps.Tools.Machines;
using ChatOps.Tools.Memory;
using ChatOps.Tools.Nodes;
using ChatOps.Tools.Outside;
using ChatOps.Tools.Plans;
using ChatOps.Tools.PolicyTools;
using ChatOps.Tools.Replay;
using ChatOps.Tools.Reports;
using ChatOps.Tools.Results;
using ChatOps.Tools.Run;
using ChatOps.Tools.Runbooks;
using ChatOps.Tools.Schedules;
using ChatOps.Tools.Services;
using ChatOps.Tools.SkillTools;
using ChatOps.Tools.Status;
using ChatOps.Tools.Transfers;
using ChatOps.Tools.Web;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tools;

/// <summary>Registers the gate and the tools behind it.</summary>
public static class ToolsRegistration
{
    /// <summary>
    /// Every tool. They are made here and handed to the registry only: no tool is a service, so nothing can be resolved past the gate.
    /// </summary>
    private static readonly IReadOnlyList<Type> ToolTypes =
    [
        typeof(RunTool), typeof(LogsTool), typeof(ServiceTool), typeof(NodeFactsTool), typeof(PutFileTool), typeof(GetFileTool), typeof(StatFileTool),
        typeof(JobStopTool), typeof(JobTailTool), typeof(JobShowTool),
        typeof(ResultSearchTool),
        typeof(FilesReadTool), typeof(FilesListTool), typeof(FilesSearchTool), typeof(FilesWriteTool), typeof(FilesAppendTool), typeof(FilesEditTool),
        typeof(NodesTool), typeof(NodeShowTool),
        typeof(NodeTokenCreateTool), typeof(NodeAddTool), typeof(NodeLabelTool), typeof(NodeDrainTool), typeof(NodeResumeTool), typeof(NodeRemoveTool),
        typeof(StatusTool), typeof(FleetStatusTool),
        typeof(AuditListTool), typeof(AuditShowTool), typeof(AuditExportTool), typeof(AuditVerifyTool),
        typeof(ApprovalsListTool), typeof(ApprovalsShowTool), typeof(ApprovalsApproveTool), typeof(ApprovalsDenyTool), typeof(GrantsListTool), typeof(GrantsRevokeTool),
        typeof(WhoAmITool), typeof(PeopleTool), typeof(RolesTool), typeof(CanTool), typeof(GrantRoleTool), typeof(RevokeRoleTool),
        typeof(SignInLinkTool), typeof(TokenCreateTool), typeof(TokenListTool), typeof(TokenRevokeTool),
        typeof(PairListTool), typeof(PairApproveTool), typeof(PairDenyTool), typeof(GroupListTool), typeof(GroupAdmitTool), typeof(GroupRemoveTool),
        typeof(DlqListTool), typeof(DlqShowTool), typeof(DlqRetryTool), typeof(DlqDropTool),
        typeof(HaltTool), typeof(HaltStatusTool), typeof(HaltLiftTool),
        typeof(CheckListTool), typeof(CheckShowTool), typeof(CheckRunTool), typeof(CheckSilenceTool), typeof(CheckUnsilenceTool), typeof(CheckProbeTool),
        typeof(RunbookListTool), typeof(RunbookShowTool), typeof(RunbookValidateTool), typeof(RunbookTrustTool),
        typeof(IncidentListTool), typeof(IncidentShowTool), typeof(IncidentNoteTool), typeof(IncidentResolveTool),
        typeof(ScheduleListTool), typeof(ScheduleShowTool), typeof(ScheduleHistoryTool), typeof(ScheduleAddTool),
        typeof(SchedulePauseTool), typeof(ScheduleResumeTool), typeof(ScheduleRunTool), typeof(ScheduleRemoveTool), typeof(HeartbeatShowTool), typeof(HeartbeatRunTool), typeof(ReportTool),
        typeof(MemoryReadTool), typeof(MemorySearchTool), typeof(MemoryAddTool), typeof(MemoryForgetTool),
        typeof(HttpGetTool), typeof(WebSearchTool),
        typeof(PolicyExplainTool),
        typeof(CostTool), typeof(CostRaiseTool), typeof(CostRefuseTool),
        typeof(SkillsListTool), typeof(SkillsShowTool), typeof(SkillsCheckTool), typeof(SkillsInstallTool), typeof(SkillsRemoveTool), typeof(ReadSkillTool),
        typeof(ProposePlanTool), typeof(ReplayTool),
        typeof(McpServersTool), typeof(McpToolsTool), typeof(McpReviewTool),
    ];

    /// <summary>Adds <see cref="IToolInvoker"/>, <see cref="IToolCatalogue"/> and what they need.</summary>
    public static IServiceCollection AddTools(this IServiceCollection services, ToolsOptions options) => services
        .AddSingleton(options)
        .AddSingleton<GatewayClock>()
        .AddSingleton(s => new PartsHealth(new Lazy<IEnumerable<IHealthPart>>(() => s.GetServices<IHealthPart>()), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<ICredentialProbe, SearchKey>()
        .AddSingleton<IOutputFiles, OutputFiles>()
        .AddSingleton<IUploads, Uploads>()
        .AddSingleton<IToolCatalogue>(s => new ToolCatalogue(ToolDefinitions.All, s.GetService<IOutsideTools>()))
        .AddSingleton(Gate)
        .AddSingleton<IToolInvoker>(s => s.GetRequiredService<ToolInvoker>())
        .AddSingleton<CardProgress>()
        .AddSingleton<InvocationRecords>()
        .AddSingleton<RunningInvocations>()
        .AddSingleton<EarlierInvocations>()
        .AddSingleton<ApprovedRuns>()
        .AddSingleton<ResultRedactor>()
        .AddSingleton<ProgressRedactor>()
        .AddSingleton<LiveJobs>()
        .AddSingleton<JobAccess>()
        .AddSingleton<IJobs, Jobs.Jobs>()
        .AddSingleton<InvocationStops>()
        .AddSingleton<IHealthPart, HaltsHealth>()
        .AddSingleton<CallLimits>()
        .AddSingleton<RefusalRecords>()
        .AddSingleton<ICallCount, CallCount>()
        .AddSingleton<InvocationTelemetry>()
        .AddSingleton<FollowableInvocations>()
        .AddHostedService<GatewayPresence>()
        .AddHostedService(s => s.GetRequiredService<ApprovedRuns>())
        .AddHostedService<RunningEnd>()
        .AddWorking(options);

    private static IServiceCollection AddWorking(this IServiceCollection services, ToolsOptions options) => !options.Works ? services : services
        .AddMessageHandler<ApprovalDecided, ApprovalRunner>()
        .AddSingleton<IRecoverySweep, InvocationRecovery>();

    private static ToolInvoker Gate(IServiceProvider services)
    {
        var decider = ActivatorUtilities.CreateInstance<ApprovalDecider>(services);
        var scope = ActivatorUtilities.CreateInstance<CredentialScope>(services);
        var letters = ActivatorUtilities.CreateInstance<DeadLetters.DeadLetters>(services);
        var changer = ActivatorUtilities.CreateInstance<FileChanger>(services);
        var runner = ActivatorUtilities.CreateInstance<NodeRunner>(services);
        var targets = ActivatorUtilities.CreateInstance<TargetRuns>(services, runner);
        var paths = ActivatorUtilities.CreateInstance<RealPaths>(services, runner);
        var looks = ActivatorUtilities.CreateInstance<FileLooks>(services, runner);
        object[] reports =
        [
            ActivatorUtilities.CreateInstance<ReportReader>(services), ActivatorUtilities.CreateInstance<ReportFiles>(services),
            ActivatorUtilities.CreateInstance<ReportCharts>(services), ActivatorUtilities.CreateInstance<ChartPictures>(services),
        ];
        var runs = ActivatorUtilities.CreateInstance<EarlierRuns>(services);
        var registry = new ToolRegistry(ToolTypes.Select(type => (ITool)Make(services, type, [decider, scope, letters, changer, runner, runs, targets, paths, looks, .. reports])), services.GetService<IOutsideTools>(), services.GetService<IOutsideRisks>());
        var records = services.GetRequiredService<InvocationRecords>();
        var running = services.GetRequiredService<RunningInvocations>();
        T Stage<T>(params object[] given) => ActivatorUtilities.CreateInstance<T>(services, given);
        var (resolve, authorise, assess, need) = (Stage<ResolveStage>(registry), Stage<AuthoriseStage>(), Stage<AssessStage>(), Stage<NeedStage>());
        var (intent, run, redact, outcome) = (
            Stage<IntentStage>(records), Stage<RunStage>(), Stage<RedactStage>(), Stage<OutcomeStage>(records, running));
        IGateStage[] meaning = [resolve, authorise, assess, need];
        var look = new StepRun(meaning, [intent, run, redact, outcome]);
        var check = new CheckStage(look);
        var steps = new PlanRunStage(
            new StepRun(meaning, [intent, run, check, redact, outcome]), look, services.GetRequiredService<EarlierInvocations>(), services.GetRequiredService<ChatOps.Secrets.IRedactor>());
        var pipeline = new GatePipeline(
            resolve, authorise, assess, new PlanStage(resolve, authorise, assess, need), need, Stage<ApproveStage>(records), new DriftStage(),
            intent, Stage<StartStage>(records), Stage<RestoreStage>(registry), Stage<PlanRestoreStage>(registry), steps, run, check, redact, outcome);
        return Stage<ToolInvoker>(pipeline);
    }

    // Tools of one folder share a collaborator that, like the tools, must not be a service.
    private static object Make(IServiceProvider services, Type type, params object[] shared)
    {
        var parameters = type.GetConstructors()[0].GetParameters().Select(p => p.ParameterType).ToList();
        return ActivatorUtilities.CreateInstance(services, type, shared.Where(s => parameters.Contains(s.GetType())).ToArray());
    }
}
