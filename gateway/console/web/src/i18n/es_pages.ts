// Spanish: the words of the pages beside the work on a case. Needs review by a speaker.
import type { en_pages } from './en_pages';

export const es_pages: Readonly<Record<keyof typeof en_pages, string>> = {
  enter_report: 'Anotar un reporte de quien trabaja',
  enter_explain:
    'Para quien te lo cuenta en persona o por teléfono. Lee cada pregunta en voz alta y escribe lo que oyes. Nada se guarda antes de que diga «Guardado». No pidas nombre ni número de teléfono.',
  enter_language: '¿Qué idioma habla quien trabaja?',
  enter_about: '¿De qué trata?',
  enter_danger: '¿Está en peligro ahora?',
  enter_danger_yes: 'Sí: se despierta a todas las personas de guardia',
  enter_needed: '(necesario)',
  enter_may_skip: '(puede quedar vacío)',
  enter_save: 'Sellar y guardar',
  enter_incomplete: 'Di si hay peligro y de qué trata. No se guardó nada.',
  enter_no_words: 'Sin las palabras de quien trabaja no hay reporte. No se guardó nada.',
  enter_long: 'Una respuesta es demasiado larga. No se guardó nada: escribe el resto como nota para el equipo.',
  enter_doubt:
    'El servidor no dijo si se guardó. Pregúntale otra vez: es el mismo reporte y solo estará una vez. Lo que escribiste sigue en esta página mientras tanto.',
  enter_ask_again: 'Preguntar otra vez',
  enter_without_number:
    'Está guardado, pero el número de quien trabaja se perdió en el camino hacia ti, y nadie puede mostrarlo otra vez. Si aún está contigo, anótalo otra vez: el reporte nuevo recibe un número. Después une los dos.',
  enter_anew: 'Anotarlo otra vez, como reporte nuevo',
  enter_saved: 'Guardado: reporte',
  entered_by: 'Anotado por',
  code_words: 'El número propio de quien trabaja, para volver. Se muestra solo esta vez:',
  code_read_out: 'Léelo dos veces en voz alta y pide que te lo repita.',
  code_once:
    'Quien lo tiene oye cómo va el reporte, añade, corrige o borra. No lo apuntes para ti. Nadie puede mostrarlo otra vez.',
  code_read_back: 'Lo que te repite quien trabaja',
  code_is_right: 'Ese es el número.',
  code_is_wrong: 'Ese no es el número. Léelo otra vez.',
  code_done: 'Ya lo tiene: ocultar',

  link_another: 'Unir con otro reporte…',
  link_name: 'El nombre del otro reporte, como 7K4-921',
  link_explain: 'Cada uno muestra después al otro. Nada se mezcla, y los dos números siguen valiendo.',
  link_it: 'Unirlos',
  link_unknown: 'No hay ningún reporte con ese nombre, o no es para ti.',
  link_itself: 'Es este mismo reporte.',
  linked: 'Están unidos.',
  part_link: 'Separarlo de',
  parted: 'Están separados.',
  held: 'Retenido',
  held_words: 'Nada de él se borra por su edad; quien trabaja todavía puede borrarlo.',

  figures: 'Cifras',
  figures_until: 'Todos los reportes juntos, antes del {when}.',
  figure_hidden:
    'Nadie debe encontrar aquí un solo reporte. No cambian hasta el próximo trimestre, se redondean hacia abajo de cinco en cinco y se ocultan donde dirían algo de menos de diez.',
  figure_few: 'muy pocos para decirlo',
  figures_check_ins: 'Cómo están desde entonces',
  figures_asked: 'Se preguntó si todo va bien',
  figures_answered: 'De ellos respondieron',
  figures_changed: 'De ellos dijeron que algo cambió',
  figures_statuses: 'Cuánto duró un estado',
  figures_cases: 'Reportes',
  figures_days: 'La mitad en tantos días',
  figures_none: 'Todavía no hay nada que contar.',

  key_of_person: 'Huella de su llave, si tiene una',
  key_of_person_hint: 'Ocho grupos de cuatro, que te lee. Quien revisa quién puede abrir reportes la compara aquí.',
  keys: 'Llaves',
  keys_circle: 'Con qué se sellan los reportes',
  keys_circle_words: 'Cada reporte que llega ahora se sella para esta llave. Solo los miembros de su círculo lo abren.',
  keys_name: 'Círculo',
  keys_version: 'Versión',
  keys_id: 'Identidad',
  keys_yours: 'Tu llave',
  keys_yours_words: 'Mira qué abren tus archivos antes de necesitarlo de noche. Se quedan en este aparato.',
  keys_look: 'Ver qué abre',
  keys_fingerprint_words: 'Su huella, para compararla de viva voz cuando alguien te admite:',
  keys_opens: 'Abre:',
  keys_circle_line: '{name}, versión {version}',
  keys_members: 'Miembros: {names}',
  keys_plain: 'Este es un archivo de llave sin cerrar: quien lo tiene lo lee todo.',
  keys_opens_now: 'Puedes abrir lo que llega ahora.',
  keys_opens_not_now:
    'No puedes abrir lo que llega ahora: estos archivos son de una versión anterior. Pide a otro miembro las partes de la versión {version}, o que te admita.',
  keys_lost: 'Si se pierde algo',
  keys_lost_passphrase:
    'La frase secreta: tu código de recuperación abre la llave aquí también. Pon una frase nueva en tu propia máquina: rightsline key recover.',
  keys_lost_both:
    'La frase secreta y el código de recuperación: esa llave se perdió y nadie la devuelve, ni el servidor ni administración. Haz otra (rightsline key new-member) y pide a otro miembro que te admita (rightsline key admit). Los demás leen cada reporte como antes; no se pierde ninguno.',
  keys_lost_alone:
    'Si eras el único miembro: lo que se selló para el círculo ya no se abre en ningún lado. Los reportes nuevos necesitan otro círculo. Por eso un círculo tiene al menos dos miembros.',
  keys_lost_device:
    'Un aparato o un archivo, con su frase secreta: quien encuentra los dos lee lo sellado hasta ahora, si llega al servidor. Díselo enseguida a los demás: hacen la versión siguiente sin esa llave (rightsline key rotate, después rightsline key reseal), y administración le cierra el paso.',
};
