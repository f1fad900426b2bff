"""The addresses below /projects/ that change the register, and those of problems below /problems/."""

from django.urls import path

from projects.register.views import editing, files, milestones, moving, planning, problems

urlpatterns = [
    path("new/", editing.new_project, name="new_project"),
    path("move/", moving.move_selected, name="move_selected"),
    path("<slug:code>/edit/", editing.edit_project, name="edit_project"),
    path("<slug:code>/phases/new/", editing.new_phase, name="new_phase"),
    path("<slug:code>/phases/<int:number>/edit/", editing.edit_part, name="edit_phase"),
    path("<slug:code>/phases/<int:number>/move/", moving.move_phase, name="move_phase"),
    path("<slug:code>/phases/<int:number>/capacity/", editing.set_capacity, name="phase_capacity"),
    path("<slug:code>/phases/<int:number>/components/new/", editing.new_component, name="new_component"),
    path("<slug:code>/phases/<int:number>/<int:part>/edit/", editing.edit_part, name="edit_component"),
    path("<slug:code>/phases/<int:number>/<int:part>/move/", moving.move_component, name="move_component"),
    path("<slug:code>/phases/<int:number>/<int:part>/capacity/", editing.set_capacity, name="component_capacity"),
    path("<slug:code>/plan/<int:year>/", planning.set_plan, name="set_plan"),
    path("<slug:code>/plan/<int:year>/<int:number>/", planning.decide_plan, name="decide_plan"),
    path("<slug:code>/problems/new/", problems.new_problem, name="new_problem"),
    path("<slug:code>/halt/", editing.halt, name="halt_project"),
    path("<slug:code>/exempt/", editing.exempt, name="exempt_project"),
    path("<slug:code>/exempt/<int:pk>/", editing.decide_exemption, name="decide_exemption"),
    path("<slug:code>/incidents/new/", editing.record_incident, name="new_incident"),
    path("<slug:code>/incidents/<int:pk>/", editing.record_incident, name="edit_incident"),
    path("<slug:code>/milestones/new/", milestones.set_milestone, name="new_milestone"),
    path("<slug:code>/milestones/<int:pk>/", milestones.set_milestone, name="edit_milestone"),
    path("<slug:code>/checklist/", milestones.apply_checklist, name="apply_checklist"),
    path("<slug:code>/files/new/", files.new_file, name="new_file"),
    path("<slug:code>/files/<int:pk>/", files.download, name="file"),
    path("<slug:code>/files/<int:pk>/preview/", files.preview, name="file_preview"),
    path("<slug:code>/files/<int:pk>/remove/", files.remove_file, name="remove_file"),
]

problem_patterns = [
    path("<int:pk>/", problems.problem_page, name="problem"),
    path("<int:pk>/edit/", problems.edit_problem, name="edit_problem"),
    path("<int:pk>/<slug:name>/", problems.problem_step, name="problem_step"),
]
