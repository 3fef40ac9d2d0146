using ChatOps.Approvals.Cards;
using ChatOps.Approvals.Pending;
using ChatOps.Approvals.Policies;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Approvals;

/// <summary>Registers approvals.</summary>
public static class ApprovalsRegistration
{
    /// <summary>Adds the state machine, its cards, standing grants and the expiry service.</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services, ApprovalsOptions options) => services
        .AddSingleton(options)
        .AddSingleton<VoterPolicy>()
        .AddSingleton<CardRenderer>()
        .AddSingleton<CardWriter>()
        .AddSingleton<GrantLedger>()
        .AddSingleton<ApprovalLedger>()
        .AddSingleton<IApprovals>(s => s.GetRequiredService<ApprovalLedger>())
        .AddSingleton<IApprovalCards, ApprovalCards>()
        .AddMessageHandler<SendDoubtful, DoubtfulCards>()
        .AddSingleton<IRecoverySweep>(s => s.GetRequiredService<DoubtfulCards>())
        .AddSingleton<IHealthPart, ApprovalsHealth>()
        .AddHostedService<ApprovalExpiry>();
}
