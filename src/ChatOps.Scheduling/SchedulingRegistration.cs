using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Scheduling;

/// <summary>Registers schedules.</summary>
public static class SchedulingRegistration
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services) => services;
}
